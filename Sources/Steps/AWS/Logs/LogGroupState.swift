import AWSClient
import MigrateCore

/// A log group as found.
struct LogGroupState: Sendable, Hashable {
    /// Name.
    var name: String
    /// ARN, without the `:*` that CloudWatch Logs adds.
    var arn: String
    /// Days that events are kept; nil for ever.
    var retentionDays: Int?

    /// Resource of its permissions, with the `:*` that IAM compares every action but those of tags with.
    ///
    /// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html, read
    /// 2026-11-22.
    static let resource = "arn:aws:logs:*:*:log-group:${name}:*"

    /// Facts it gives, with their meaning.
    static let factNames = [
        "arn": "ARN of the log group", "name": "its name", "retention_days": "days that events are kept, null for ever",
    ]

    /// Facts.
    var facts: [String: Value] {
        [
            "arn": .string(arn), "name": .string(name),
            "retention_days": retentionDays.map { .integer(Int64($0)) } ?? .null,
        ]
    }

    /// Log group `name`; nil when there is none.
    ///
    /// Throws: as `World.call`.
    static func named(_ name: String, _ world: World) async throws -> LogGroupState? {
        let found = try await world.call("logs:DescribeLogGroups \(name)") {
            try await world.aws.cloudWatchLogs.allLogGroups(.init(logGroupNamePrefix: name))
        }
        guard let group = found.first(where: { $0.logGroupName == name }) else { return nil }
        let arn = group.arn ?? ""
        return LogGroupState(
            name: name,
            arn: arn.hasSuffix(":*") ? String(arn.dropLast(2)) : arn,
            retentionDays: group.retentionInDays
        )
    }
}
