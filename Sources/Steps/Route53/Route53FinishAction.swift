import AWSClient
import MigrateCore

/// Makes the weighted pair a simple record again that points at the new side.
struct Route53FinishAction: RecordAction, TrafficKind {
    static let declaration = KindDeclaration(
        name: "route53.finish",
        role: .action,
        summary: "End a shift: a simple record that points at the new side",
        parameters: ZoneRecords.parameters + [
            ZoneRecords.alsoParameter,
            .optional(
                "ttl",
                .integer,
                default: 300,
                unit: "seconds",
                "seconds that answers may be kept; an alias has none of its own"
            ),
            .optional(
                "ttls",
                .mapping,
                default: [:],
                example: ["grafana.example.com. A": 300],
                "the same by name and type, where they differ"
            ),
        ] + ZoneRecords.followParameters,
        effect: .reconcilable,
        rollback: .captured,
        undo: "the weighted pair as found; undoing is one batch that puts it back",
        reconciliation: "by comparing the record sets with both batches",
        permissions: ZoneRecords.permissions,
        facts: ["values": "data, sorted", "ttl": "TTL in seconds; null for an alias"],
        source: ZoneRecords.source,
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
    private let ttl: Int
    private let ttls: [String: Int]

    init(_ parameters: Parameters) throws {
        records = try ZoneRecords(parameters)
        ttl = try parameters.integer("ttl", in: 1...604_800)
        ttls = try parameters.wholeNumbers("ttls")
    }

    func wanted(over before: Value) throws -> Value {
        let found = try records.whole(before)
        if let obstacle = found.obstacle { throw obstacle }
        let new = found.sets.filter { $0.setIdentifier == WeightedPair.newSide }
        guard !new.isEmpty else {
            throw Refusal("`\(records.words)` is not in a shift", hint: "`route53.shift` makes the weighted pair")
        }
        guard found.sets.allSatisfy({ $0.weight == ($0.setIdentifier == WeightedPair.newSide ? 100 : 0) }) else {
            throw Refusal("the new side of `\(records.words)` does not have all the traffic yet")
        }
        let simple = new.map { set in
            var set = set
            set.setIdentifier = nil
            set.weight = nil
            if set.aliasTarget == nil { set.ttl = ttls["\(set.name) \(set.type)"] ?? ttl }
            return set
        }
        return RecordSets(zone: found.zone, sets: simple).image
    }

    func summary(from: Value, to: Value) -> String {
        if WeightedPair.share(of: to) == nil {
            return "\(records.words): weighted pair → simple record of the new side"
        }
        return "\(records.words): simple record → weighted pair"
    }
}
