import AWSClient
import MigrateCore

/// The last lines that a task wrote before it stopped.
enum TaskLog {
    /// Lines that are shown.
    private static let lineCount = 5

    /// `problem` with the last lines of the container of `task` that failed; as it is where they cannot be had.
    ///
    /// Only AWS's own log driver is read. Why nothing is thrown: the cause is known, and what could not be read stands
    /// in the evidence.
    static func completing(_ problem: Problem, of task: StoppedTask?, _ world: World) async -> Problem {
        guard let task, let container = task.containers.first(where: { ($0.exitCode ?? 0) != 0 }) else {
            return problem
        }
        do {
            let definition = try await world.call("ecs:DescribeTaskDefinition \(task.taskDefinition)") {
                try await world.aws.ecs.describeTaskDefinition(.init(taskDefinition: task.taskDefinition))
            }.taskDefinition.document
            let written = definition["containerDefinitions"]?.array?.first { $0["name"]?.string == container.name }
            guard let log = written?["logConfiguration"], log["logDriver"]?.string == "awslogs",
                let group = log["options"]?["awslogs-group"]?.string,
                let prefix = log["options"]?["awslogs-stream-prefix"]?.string
            else { return problem }
            let lines = try await lines(group, "\(prefix)/\(container.name)/\(task.id)", world)
            guard !lines.isEmpty else { return problem }
            let ending = lines.map { "`\($0)`" }.joined(separator: " ")
            return Problem("\(problem.message); its log ends: \(ending)", hint: problem.hint)
        } catch {
            return problem
        }
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
