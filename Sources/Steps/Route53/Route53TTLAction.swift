import AWSClient
import MigrateCore

/// Lowers or restores the TTL of a name's records.
struct Route53TTLAction: RecordAction {
    static let declaration = KindDeclaration(
        name: "route53.ttl",
        role: .action,
        summary: "Lower the TTL of a name's records",
        parameters: ZoneRecords.parameters + [
            .optional("ttl", .integer, default: 60, unit: "seconds", "most seconds that answers may be kept")
        ] + ZoneRecords.followParameters,
        effect: .reconcilable,
        rollback: .captured,
        undo: "the record set with its TTL as found; undoing is one batch that puts it back",
        reconciliation: "by comparing the record sets with both batches",
        permissions: ZoneRecords.permissions,
        facts: [
            "old_ttl": "TTL before, as a length of time: what caches may still hold on to",
            "old_seconds": "TTL before, in seconds", "ttl": "TTL now, in seconds; null for an alias",
            "values": "data, sorted",
        ],
        source: ZoneRecords.source,
        example: """
            - id: lower-ttl
              do: route53.ttl
              with: {zone: "${zone}", name: "${host}", ttl: 60}
            """
    )

    /// TTL of an alias to a load balancer, which Route 53 fixes.
    static let aliasTTL = 60

    let records: ZoneRecords
    private let ttl: Int

    init(_ parameters: Parameters) throws {
        records = try ZoneRecords(parameters)
        ttl = try parameters.integer("ttl", in: 1...604_800)
    }

    func wanted(over before: Value) throws -> Value {
        guard var sets = try RecordSets(image: before) else {
            throw Refusal("there is no record `\(records.name)`", hint: "check `zone` and `name`")
        }
        if let obstacle = sets.obstacle { throw obstacle }
        for index in sets.sets.indices {
            if let present = sets.sets[index].ttl, present > ttl { sets.sets[index].ttl = ttl }
        }
        return sets.image
    }

    func summary(from: Value, to: Value) -> String {
        "TTL of \(records.name): \(Self.seconds(from)) s → \(Self.seconds(to)) s"
    }

    func keepsake(of from: Value) -> [String: Value] { Self.oldTTL(Self.seconds(from)) }

    func facts(of image: Value) -> [String: Value] {
        recordFacts(of: image).merging(Self.oldTTL(Self.seconds(image))) { $1 }
    }

    private static func oldTTL(_ seconds: Int) -> [String: Value] {
        ["old_ttl": .string("\(seconds)s"), "old_seconds": .integer(Int64(seconds))]
    }

    private static func seconds(_ image: Value) -> Int {
        let sets = image["sets"].array ?? []
        return sets.map { $0["ttl"].integer.map { Int($0) } ?? aliasTTL }.max() ?? aliasTTL
    }
}
