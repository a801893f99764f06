import AWSClient
import MigrateCore

/// Looks at the record sets of a name by API.
struct Route53RecordProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "route53.record",
        role: .probe,
        summary: "Look at the record sets of a name in a hosted zone",
        parameters: ZoneRecords.parameters + [
            .optional("absent", .boolean, default: false, "whether there must be none"),
            .optional("expect", .expression, "condition over `{sets, values, ttl, weight}`"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: ZoneRecords.permissions.filter { !$0.mutates },
        facts: [
            "sets": "record sets of type A, AAAA and CNAME", "values": "data of all sets, sorted",
            "ttl": "highest TTL in seconds; null when all are aliases",
            "weight": "share of the new side during a shift, in percent",
        ],
        source:
            "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html, read 2026-11-21",
        example: """
            - id: record-before
              probe: route53.record
              with: {zone: "${zone}", name: "${host}", expect: ".sets | length == 1"}
              capture: {old_address: ".values[0]"}
            """
    )

    private let records: ZoneRecords
    private let isAbsent: Bool
    private let expectation: String?

    init(_ parameters: Parameters) throws {
        records = try ZoneRecords(parameters)
        isAbsent = try parameters.boolean("absent")
        expectation = try parameters.stringIfGiven("expect")
    }

    func ask(_ world: World) async throws -> Observation {
        let found = try await records.observe(world)
        let image = found.image
        let facts: [String: Value] = [
            "sets": image["sets"].isNull ? [] : image["sets"],
            "values": .array(Set(found.sets.flatMap(\.resourceRecords)).sorted().map { .string($0) }),
            "ttl": found.sets.compactMap(\.ttl).max().map { .integer(Int64($0)) } ?? .null,
            "weight": WeightedPair.share(of: image).map { .integer(Int64($0)) } ?? .null,
        ]
        let seen = found.sets.isEmpty ? "no record" : found.sets.map(\.shortText).joined(separator: ", ")
        if let expectation {
            return Observation(
                await world.expressions.judge(expectation, over: .object(facts), seen: seen),
                facts: facts
            )
        }
        return Observation(found.sets.isEmpty == isAbsent ? .pass(seen) : .fail(seen), facts: facts)
    }
}

extension Route53.ResourceRecordSet {
    /// Set in one line: `A 192.0.2.1 (TTL 300)`.
    var shortText: String {
        let target = aliasTarget.map { "alias of \($0.dnsName)" } ?? resourceRecords.joined(separator: " ")
        var remarks: [String] = []
        if let ttl { remarks.append("TTL \(ttl)") }
        if let weight, let setIdentifier { remarks.append("\(setIdentifier) weight \(weight)") }
        return "\(type) \(target)" + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: ", ")))")
    }
}
