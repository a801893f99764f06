import MigrateCore

/// Whether a log group exists and keeps its events long enough.
struct LogGroupProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "logs.group",
        role: .probe,
        summary: "A CloudWatch log group exists and keeps its events long enough",
        parameters: [
            .required("name", .string, "Name of the log group"),
            .optional("min_retention", .duration, "Shortest time that events must be kept, such as `30d`"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["logs:DescribeLogGroups"], on: "*", mutates: false)],
        facts: LogGroupState.factNames,
        source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-log-group-there
              probe: logs.group
              with: {name: /ecs/lgtm/mimir, min_retention: 30d}
            """
    )

    private let name: String
    private let minimumRetention: Duration?

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        minimumRetention = try parameters.durationIfGiven("min_retention")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let found = try await LogGroupState.named(name, world) else {
            return Observation(.fail("no log group `\(name)`"))
        }
        let kept = found.retentionDays.map { "\($0) days" } ?? "for ever"
        if let minimumRetention, let days = found.retentionDays, .seconds(days * 86_400) < minimumRetention {
            return Observation(
                .fail("log group `\(name)` keeps events \(kept), wanted \(minimumRetention.shortText)"),
                facts: found.facts
            )
        }
        return Observation(.pass("log group `\(name)` keeps events \(kept)"), facts: found.facts)
    }
}
