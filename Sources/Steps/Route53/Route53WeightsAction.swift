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
        ] + ZoneRecords.followParameters,
        effect: .reconcilable,
        rollback: .captured,
        undo: "the weighted pair as found; undoing is one batch that puts it back",
        reconciliation: "by comparing the record sets with both batches",
        permissions: ZoneRecords.permissions + [ZoneRecords.targetPermission],
        facts: [
            "weight": "share of the new side, in percent", "values": "data of both sides", "ttl": "TTL in seconds",
        ],
        source:
            "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html, read 2026-11-21",
        example: """
            - id: shift
              do: route53.shift
              with: {zone: "${zone}", name: "${host}", to: {load_balancer: "${alb}"}, weights: [10, 100]}
            """,
        partOf: Route53ShiftKind.name
    )

    let records: ZoneRecords
    private var target: RecordTarget
    private let weight: Percent
    private let ttl: Int

    init(_ parameters: Parameters) throws {
        records = try ZoneRecords(parameters)
        target = try RecordTarget(parameters)
        weight = try parameters.percent("weight")
        ttl = try parameters.integer("ttl", in: 1...604_800)
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
