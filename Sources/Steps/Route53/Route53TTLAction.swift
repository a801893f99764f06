import AWSClient
import MigrateCore

/// Lowers or restores the TTL of a name's records.
struct Route53TTLAction: RecordAction {
    static let declaration = KindDeclaration(
        name: "route53.ttl",
        role: .action,
        summary: "Lower the TTL of a name's records",
        parameters: ZoneRecords.parameters + [
            ZoneRecords.alsoParameter,
            .optional("ttl", .integer, default: 60, unit: "seconds", "most seconds that answers may be kept"),
        ] + ZoneRecords.followParameters,
        effect: .reconcilable,
        rollback: .captured,
        undo: "the record set with its TTL as found; undoing is one batch that puts it back",
        reconciliation: "by comparing the record sets with both batches",
        permissions: ZoneRecords.permissions,
        facts: [
            "old_ttl": "TTL before, as a length of time: what caches may still hold on to",
            "old_seconds": "TTL before, in seconds: the longest of them",
            "old_ttls": "TTL before, in seconds, by name and type", "ttl": "TTL now, in seconds; null for an alias",
            "values": "data, sorted", "types": "types of its record sets",
            "leads_to": "addresses and names that its record sets lead to, those of aliases among them",
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
        var sets = try records.whole(before)
        if let obstacle = sets.obstacle { throw obstacle }
        for index in sets.sets.indices {
            if let present = sets.sets[index].ttl, present > ttl { sets.sets[index].ttl = ttl }
        }
        return sets.image
    }

    func summary(from: Value, to: Value) -> String {
        "TTL of \(records.words): \(Self.seconds(from)) s → \(Self.seconds(to)) s"
    }

    func keepsake(from: Value, to: Value) -> [String: Value] { Self.oldTTL(from) }

    func facts(of image: Value) -> [String: Value] {
        let sets = image["sets"].array ?? []
        let types = Set(sets.compactMap { $0["type"].string }).sorted()
        let targets = sets.flatMap { ($0["values"].array ?? []) + [$0["alias"]["dns_name"]] }
        let leadsTo = Set(targets.compactMap(\.string)).sorted()
        let known: [String: Value] = [
            "types": .array(types.map { .string($0) }), "leads_to": .array(leadsTo.map { .string($0) }),
        ]
        return recordFacts(of: image).merging(Self.oldTTL(image)) { $1 }.merging(known) { $1 }
    }

    private static func oldTTL(_ image: Value) -> [String: Value] {
        var each: [String: Value] = [:]
        for set in image["sets"].array ?? [] where !set["ttl"].isNull {
            each["\(set["name"].interpolated) \(set["type"].interpolated)"] = set["ttl"]
        }
        return [
            "old_ttl": .string("\(seconds(image))s"), "old_seconds": .integer(Int64(seconds(image))),
            "old_ttls": .object(each),
        ]
    }

    private static func seconds(_ image: Value) -> Int {
        let sets = image["sets"].array ?? []
        return sets.map { $0["ttl"].integer.map { Int($0) } ?? aliasTTL }.max() ?? aliasTTL
    }
}
