import AWSClient
import MigrateCore

/// Makes or replaces one simple record set.
struct Route53RecordAction: RecordAction {
    static let declaration = KindDeclaration(
        name: "route53.record",
        role: .action,
        summary: "Make or replace one simple record",
        parameters: ZoneRecords.parameters + [
            RecordTarget.parameter,
            .optional(
                "ttl",
                .integer,
                default: 300,
                unit: "seconds",
                "seconds that answers may be kept; an alias has none of its own"
            ),
        ] + ZoneRecords.followParameters,
        effect: .reconcilable,
        rollback: .captured,
        undo: "the record sets of the name as found, value by value; undoing is one batch that deletes "
            + "what is there and creates those",
        reconciliation: "by comparing the record sets with both batches",
        permissions: ZoneRecords.permissions + [ZoneRecords.targetPermission],
        facts: ["values": "data, sorted", "ttl": "TTL in seconds; null for an alias"],
        source: ZoneRecords.source,
        example: """
            - id: grafana-name
              do: route53.record
              with: {zone: "${zone}", name: "grafana-new.${domain}", to: {load_balancer: "${alb}"}}
            """
    )

    let records: ZoneRecords
    private var target: RecordTarget
    private let ttl: Int

    init(_ parameters: Parameters) throws {
        target = try RecordTarget(parameters)
        records = try ZoneRecords(parameters, types: target.types)
        ttl = try parameters.integer("ttl", in: 0...2_147_483_647)
    }

    func prepared(_ world: World) async throws -> Self {
        var prepared = self
        prepared.target = try await target.resolved(world)
        prepared.zone = try await records.hostedZone(world).id
        return prepared
    }

    private var zone = ""

    func wanted(over before: Value) throws -> Value {
        let old = try RecordSets(image: before)
        if let obstacle = old?.obstacle { throw obstacle }
        if old?.isWeighted ?? false {
            throw Refusal(
                "`\(records.words)` is weighted, and one simple record would take its place",
                hint: "use `route53.shift`, or remove the weights first"
            )
        }
        let sets = target.sets.values.map { set in
            var set = set
            set.name = records.names[0]
            if set.aliasTarget == nil { set.ttl = ttl }
            return set
        }
        return RecordSets(zone: zone, sets: sets).image
    }

    func summary(from: Value, to: Value) -> String {
        switch (from.isNull, to.isNull) {
        case (_, true): "remove record \(records.words)"
        case (true, false): "create record \(records.words)"
        case (false, false): "replace record \(records.words)"
        }
    }
}
