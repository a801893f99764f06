import MigrateCore

/// Whether the new side gets the share of requests that its weight says, as both sides count.
struct TrafficShareProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "traffic.share",
        role: .probe,
        summary: "Hold the new side's share of requests, as both sides count them, against its weight",
        parameters: [
            .required("old", .mapping, "who counts the old side's requests: \(RequestEvidence.shape)"),
            .required("new", .mapping, "who counts the new side's requests, in the same way"),
            .required("weight", .percent, "share that the new side should have"),
            RequestEvidence.window,
            .optional(
                "at_least",
                .integer,
                default: 100,
                unit: "requests",
                "fewest requests of both sides that say anything"
            ),
            .optional(
                "requests_per_answer",
                .integer,
                default: 20,
                unit: "requests",
                "requests that hang on one DNS answer: weights act on lookups, so the more, the wider the band"
            ),
            .optional(
                "pinned",
                .percent,
                default: 10,
                "share of all requests that may follow no weight: kept connections, answers kept for ever, our own watches"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: RequestEvidence.permissions,
        facts: [
            "old": "requests of the old side", "new": "requests of the new side", "share": "the new side's, 0 to 1",
            "lower": "least share that is believed", "upper": "largest share that is believed",
        ],
        source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html,"
            + " read 2026-11-21",
        example: """
            - id: share
              probe: traffic.share
              with: {old: {load_balancer: lgtm-old}, new: {load_balancer: lgtm-new}, weight: 10, window: 10m}
            """
    )

    private let old: RequestEvidence
    private let new: RequestEvidence
    private let weight: Percent
    private let window: Duration
    private let fewest: Int
    private let perAnswer: Int
    private let pinned: Percent

    init(_ parameters: Parameters) throws {
        old = try RequestEvidence(parameters.value("old"), of: "old")
        new = try RequestEvidence(parameters.value("new"), of: "new")
        weight = try parameters.percent("weight")
        window = try parameters.duration("window")
        fewest = try parameters.integer("at_least", in: 1...1_000_000_000)
        perAnswer = try parameters.integer("requests_per_answer", in: 1...1_000_000)
        pinned = try parameters.percent("pinned")
    }

    func ask(_ world: World) async throws -> Observation {
        let start = world.now()
        let old = try await old.count(over: window, world)
        let new = try await new.count(over: window, world)
        world.record("requests", "old side \(old.words); new side \(new.words)", since: start)
        let all = old.requests + new.requests
        let band = ShareBand(weight: weight, requests: all, perAnswer: perAnswer, pinned: pinned)
        var facts: [String: Value] = [
            "old": .integer(Int64(old.requests)), "new": .integer(Int64(new.requests)), "share": .null,
            "lower": .number(band.lower), "upper": .number(band.upper),
        ]
        guard all >= fewest, !band.isEverything else {
            return Observation(.inconclusive("\(all) requests are too few to tell \(weight) by"), facts: facts)
        }
        let share = Double(new.requests) / Double(all)
        facts["share"] = .number(share)
        let seen = "new side has \(new.requests) of \(all) requests, \(ShareBand.percent(share)); at \(weight) "
        return Observation(
            band.contains(share) ? .pass(seen + "\(band.words) is believed") : .fail(seen + "only \(band.words) is"),
            facts: facts
        )
    }
}
