import AWSClient
import MigrateCore

/// Whether a log says, or does not say, something.
struct LogsSearchProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "logs.search",
        role: .probe,
        summary: "A CloudWatch log group has at least, or at most, so many events that match a pattern",
        parameters: [
            .required("group", .string, "Name of the log group"),
            .optional(
                "pattern",
                .string,
                default: "",
                "Filter pattern of CloudWatch Logs, such as `?ERROR ?panic`; empty matches all"
            ),
            .optional(
                "streams",
                .string,
                example: "ecs/mimir/",
                "Beginning of the names of the streams that are searched"
            ),
            .optional("within", .duration, default: "5m", "How far back it searches"),
            .optional(
                "at_least",
                .integer,
                unit: "events",
                example: 1,
                "Fewest matches; 1 when neither limit is given"
            ),
            .optional(
                "at_most",
                .integer,
                unit: "events",
                example: 0,
                "Most matches; inconclusive when there are no events at all"
            ),
            .optional("max_pages", .integer, default: 50, unit: "pages", "Most pages of events that are read"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["logs:FilterLogEvents"], on: "arn:aws:logs:*:*:log-group:${group}:*", mutates: false)
        ],
        facts: ["count": "matches, counted until the judgement was clear", "latest": "text of the latest match read"],
        source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: no-panics
              probe: logs.search
              with: {group: /ecs/lgtm/mimir, pattern: panic, within: 10m, at_most: 0}
            """
    )

    private let group: String
    private let pattern: String
    private let streams: String?
    private let within: Duration
    private let atLeast: Int
    private let atMost: Int?
    private let maximumPages: Int

    init(_ parameters: Parameters) throws {
        group = try parameters.string("group")
        pattern = try parameters.string("pattern")
        streams = try parameters.stringIfGiven("streams")
        within = try parameters.duration("within")
        atMost = try parameters.integerIfGiven("at_most")
        atLeast = try parameters.integerIfGiven("at_least") ?? (atMost == nil ? 1 : 0)
        maximumPages = try parameters.integer("max_pages", in: 1...10_000)
        guard atMost.map({ $0 >= atLeast }) ?? true else { throw ParameterError("at_most", "is below `at_least`") }
    }

    func ask(_ world: World) async throws -> Observation {
        // Why one more than the limit: enough to know that it is passed.
        let enough = atMost.map { $0 + 1 } ?? atLeast
        guard let found = try await count(pattern, until: max(enough, 1), world) else {
            return Observation(.fail("no log group `\(group)`"))
        }
        let facts: [String: Value] = [
            "count": .integer(Int64(found.count)), "latest": found.latest.map { .string($0) } ?? .null,
        ]
        let seen = "\(found.count) events match `\(pattern)` in `\(group)` within \(within.shortText)"
        if let atMost, found.count > atMost { return Observation(.fail("more than \(atMost): \(seen)"), facts: facts) }
        if !found.isComplete, found.count < enough {
            return Observation(.inconclusive("\(seen), and there is more to read"), facts: facts)
        }
        if found.count < atLeast { return Observation(.fail("\(seen), wanted \(atLeast)"), facts: facts) }
        if atMost != nil, found.count == 0, !pattern.isEmpty, try await count("", until: 1, world)?.count == 0 {
            return Observation(.inconclusive("no events at all in `\(group)` within \(within.shortText)"), facts: facts)
        }
        return Observation(.pass(seen), facts: facts)
    }

    private func count(
        _ pattern: String,
        until enough: Int,
        _ world: World
    ) async throws -> (count: Int, latest: String?, isComplete: Bool)? {
        let now = world.now()
        var input = CloudWatchLogs.FilterLogEventsInput(logGroupName: group)
        input.startTime = Int((now.milliseconds - within.inMilliseconds))
        input.endTime = Int(now.milliseconds)
        input.filterPattern = pattern.isEmpty ? nil : pattern
        input.logStreamNamePrefix = streams
        var count = 0
        var latest: String?
        for _ in 0..<maximumPages {
            let request = input
            let page = try await world.look("logs:FilterLogEvents \(group)", absentBy: ["ResourceNotFoundException"]) {
                try await world.aws.cloudWatchLogs.filterLogEvents(request)
            }
            guard let page else { return nil }
            count += page.events.count
            latest = page.events.last?.message ?? latest
            guard let next = page.nextToken else { return (count, latest, true) }
            if count >= enough { return (count, latest, false) }
            input.nextToken = next
        }
        return (count, latest, false)
    }
}
