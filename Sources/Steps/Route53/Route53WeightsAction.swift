import AWSClient
import MigrateCore

/// Gives the new side of a name its share of answers; the first time it makes the simple record a weighted one.
struct Route53WeightsAction: RecordAction, TrafficKind {
    static let declaration = KindDeclaration(
        name: "route53.weights",
        role: .action,
        summary: "Give the new side of a name its share of DNS answers",
        parameters: ZoneRecords.parameters + [
            ZoneRecords.alsoParameter,
            RecordTarget.parameter,
            .required("weight", .percent, "share of the new side; the old side has the rest"),
            .optional("ttl", .integer, default: 60, unit: "seconds", "seconds that answers of the members may be kept"),
            .optional(
                "left",
                .mapping,
                example: ["side": ["load_balancer": "lgtm-new"], "window": "4m", "quiet": 0, "drain": "10m"],
                "once traffic is home again, requests that still reach the new side are counted until none does"
            ),
        ] + ZoneRecords.followParameters,
        effect: .reconcilable,
        rollback: .captured,
        undo: "the weighted pair as found; undoing is one batch that puts it back",
        reconciliation: "by comparing the record sets with both batches",
        permissions: ZoneRecords.permissions + [ZoneRecords.targetPermission],
        facts: [
            "weight": "share of the new side, in percent", "values": "data of both sides", "ttl": "TTL in seconds",
            "left": "requests that still reached the new side when traffic was home; null when not counted",
        ],
        source:
            "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html, read 2026-11-21",
        example: """
            - id: shift
              do: route53.shift
              with: {zone: "${zone}", name: "${host}", to: {load_balancer: "${alb}"}, prove: {path: /}}
              watch:
                - {probe: http, with: {url: "https://${host}/", connect_to: "${alb_dns}:443"}}
            """,
        partOf: Route53ShiftKind.name
    )

    let records: ZoneRecords
    private var target: RecordTarget
    private let weight: Percent
    private let ttl: Int
    private let stragglers: Stragglers?

    init(_ parameters: Parameters) throws {
        records = try ZoneRecords(parameters)
        target = try RecordTarget(parameters)
        weight = try parameters.percent("weight")
        ttl = try parameters.integer("ttl", in: 1...604_800)
        stragglers = try Stragglers(parameters.value("left"), of: "left")
    }

    func prepared(_ world: World) async throws -> Self {
        var prepared = self
        prepared.target = try await target.resolved(world)
        return prepared
    }

    func wanted(over before: Value) throws -> Value {
        let pair = try WeightedPair(records.whole(before), target: target, ttl: ttl)
        if weight.value == 0 { try WeightedPair.refuseStart(from: before, of: records) }
        return pair.image(weight: weight)
    }

    /// Whether this is a way home is kept: only then is it of interest who stays behind.
    func keepsake(from: Value, to: Value) -> [String: Value] {
        stragglers != nil && WeightedPair.isReturn(from: from, to: to) ? ["returned": true] : [:]
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        let arrival = try await arrival(of: to, receipt: receipt, world)
        guard case .settled(let after, let facts) = arrival, let stragglers, receipt["returned"].bool == true else {
            return arrival
        }
        let begun = try await submission(of: receipt, world)
        let left = await stragglers.left(on: "the new side", since: begun, world)
        if let waiting = left.waiting { return .pending("traffic is home; \(waiting)") }
        return .settled(after: after, facts: facts.merging(["left": left.requests]) { $1 })
    }

    func call(from: Value, to: Value) throws -> CallForecast? {
        var call = try batch(from: from, to: to)
        if let stragglers, WeightedPair.isReturn(from: from, to: to) { call?.arrival += stragglers.words }
        return call
    }

    /// When the change was asked for; nil when nobody knows, as after a lost answer.
    private func submission(of receipt: Value, _ world: World) async throws -> Timestamp? {
        guard let id = receipt["change_id"].string else { return nil }
        return try await world.call("route53:GetChange \(id)") {
            try await world.aws.route53.getChange(.init(id: id))
        }.changeInfo.submittedAt?.timestamp
    }

    func summary(from: Value, to: Value) -> String {
        let before = WeightedPair.share(of: from).map { "\($0) %" } ?? "simple record"
        let after = WeightedPair.share(of: to).map { "\($0) %" } ?? "simple record"
        return "new side of \(records.words): \(before) → \(after)"
    }

    func facts(of image: Value) -> [String: Value] {
        let share: Value = WeightedPair.share(of: image).map { .integer(Int64($0)) } ?? .null
        return recordFacts(of: image).merging(["weight": share]) { $1 }
    }
}
