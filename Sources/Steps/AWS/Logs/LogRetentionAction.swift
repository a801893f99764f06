import AWSClient
import MigrateCore

/// Sets how long a log group keeps its events.
struct LogRetentionAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "logs.retention",
        role: .action,
        summary: "Sets how long a CloudWatch log group keeps its events",
        parameters: [
            .required("group", .string, "Name of the log group"),
            .required(
                "days",
                .integer,
                unit: "days",
                "Days that events are kept, one of those that CloudWatch Logs takes: 1, 3, 5, 7, 14, 30, 60, 90 …"
            ),
        ],
        effect: .convergent,
        // Why kept: a log group that is kept as evidence must not begin to grow for ever.
        rollback: .keep,
        undo: "the retention as found; undoing sets it back, or takes it off",
        permissions: [
            Permission(["logs:DescribeLogGroups"], on: "*", mutates: false),
            Permission(
                ["logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy"],
                on: "arn:aws:logs:*:*:log-group:${group}:*",
                mutates: true
            ),
        ],
        facts: ["retention_days": "days that events are kept"],
        source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-log-retention
              do: logs.retention
              with: {group: /ecs/lgtm/mimir, days: 30}
            """
    )

    private let group: String
    private let days: Int

    init(_ parameters: Parameters) throws {
        group = try parameters.string("group")
        days = try parameters.integer("days", in: 1...3653)
    }

    /// Image: `null` when the log group is not there, `{days: null}` when it keeps events for ever.
    func observe(_ world: World) async throws -> Value {
        guard let found = try await LogGroupState.named(group, world) else { return .null }
        return image(found.retentionDays)
    }

    private func image(_ days: Int?) -> Value {
        ["group": .string(group), "days": days.map { .integer(Int64($0)) } ?? .null]
    }

    func wanted(over before: Value) throws -> Value { image(days) }

    func facts(of image: Value) -> [String: Value] { ["retention_days": image["days"]] }

    func summary(from: Value, to: Value) -> String {
        let kept = to["days"].integer.map { "\($0) days" } ?? "for ever"
        return "keep events of log group `\(group)` \(kept)"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if let days = to["days"].integer {
            _ = try await world.call("logs:PutRetentionPolicy \(group)") {
                try await world.aws.cloudWatchLogs.putRetentionPolicy(
                    .init(logGroupName: group, retentionInDays: Int(days))
                )
            }
        } else {
            try await world.remove("logs:DeleteRetentionPolicy \(group)", absentBy: ["ResourceNotFoundException"]) {
                try await world.aws.cloudWatchLogs.deleteRetentionPolicy(.init(logGroupName: group))
            }
        }
        return .null
    }
}
