import AWSClient
import MigrateCore

/// What a task's definition and its log add to why it stopped.
enum TaskDetails {
    /// Lines that are shown.
    private static let lineCount = 5

    /// `problem` with the health checks that the containers of `task` declare, where one of them failed, and the last
    /// lines of the container that failed; as it is where they cannot be had.
    ///
    /// Only AWS's own log driver is read. Why nothing is thrown: the cause is known, and what could not be read stands
    /// in the evidence.
    static func completing(_ problem: Problem, of task: StoppedTask?, _ world: World) async -> Problem {
        guard let task else { return problem }
        let failed = task.containers.first { ($0.exitCode ?? 0) != 0 }
        guard failed != nil || task.hasFailedOwnHealthCheck else { return problem }
        do {
            let definition = try await world.call("ecs:DescribeTaskDefinition \(task.taskDefinition)") {
                try await world.aws.ecs.describeTaskDefinition(.init(taskDefinition: task.taskDefinition))
            }.taskDefinition.document
            let containers = definition["containerDefinitions"]?.array ?? []
            var words = task.hasFailedOwnHealthCheck ? containers.compactMap(healthCheck) : []
            if let failed, let written = containers.first(where: { $0["name"]?.string == failed.name }) {
                words += try await ending(of: failed.name, in: task, written, world)
            }
            return Problem(([problem.message] + words).joined(separator: "; "), hint: problem.hint)
        } catch {
            return problem
        }
    }

    /// The health check that a container declares, in words; nil when it has none.
    private static func healthCheck(of container: JSONDocument) -> String? {
        guard let command = container["healthCheck"]?["command"]?.array, let first = command.first?.string else {
            return nil
        }
        let words = command.dropFirst(["CMD", "CMD-SHELL"].contains(first) ? 1 : 0).compactMap(\.string)
        return "`\(container["name"]?.string ?? "")` is checked by `\(words.joined(separator: " "))`"
    }

    /// How the log of a container ends, in words; empty when it has no log that can be read.
    private static func ending(
        of container: String,
        in task: StoppedTask,
        _ written: JSONDocument,
        _ world: World
    ) async throws -> [String] {
        guard let log = written["logConfiguration"], log["logDriver"]?.string == "awslogs",
            let group = log["options"]?["awslogs-group"]?.string,
            let prefix = log["options"]?["awslogs-stream-prefix"]?.string
        else { return [] }
        let lines = try await lines(group, "\(prefix)/\(container)/\(task.id)", world)
        return lines.isEmpty ? [] : ["its log ends: " + lines.map { "`\($0)`" }.joined(separator: " ")]
    }

    private static func lines(_ group: String, _ stream: String, _ world: World) async throws -> [String] {
        let found = try await world.look(
            "logs:GetLogEvents \(group) \(stream)",
            absentBy: ["ResourceNotFoundException"]
        ) {
            try await world.aws.cloudWatchLogs.getLogEvents(
                .init(logGroupName: group, logStreamName: stream, limit: lineCount, startFromHead: false)
            )
        }
        return (found?.events ?? []).compactMap { event in
            let line = (event.message ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
            return line.isEmpty ? nil : line.count > 200 ? line.prefix(200) + "…" : line
        }
    }
}
