import MigrateCore
import Network

/// Asks one name server for a record.
struct DNSRecordProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "dns.record",
        role: .probe,
        summary: "Ask a name server for a record",
        parameters: [
            .required("name", .string, "name asked for"),
            .optional("type", .choice(["A", "AAAA", "CNAME", "NS", "SOA", "TXT"]), default: "A", "type asked for"),
            .optional(
                "server",
                .string,
                example: "10.0.0.2:53",
                "`address:port` of the name server; the system's resolver when left out"
            ),
            .optional(
                "values",
                .list(.string),
                example: ["192.0.2.10"],
                "data that must be there, all of it and nothing else"
            ),
            .optional("count", .integer, unit: "records", example: 2, "fewest records that must be there"),
            .optional("absent", .boolean, default: false, "whether there must be no such record"),
            .optional("timeout", .duration, default: "3s", "time allowed"),
            .optional("expect", .expression, example: ".ttl <= 60", "condition over `{answer, values, ttl, records}`"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: [
            "values": "data found, sorted", "ttl": "lowest TTL found, in seconds",
            "answer": "`records`, `no_data`, `no_name` or `refused`",
        ],
        source: "https://www.rfc-editor.org/rfc/rfc1035, read 2026-11-21",
        example: """
            - id: mimir-name
              probe: dns.record
              with: {name: mimir.lgtm.local, count: 3}
            """
    )

    private let question: DNSQuestion
    private let values: [String]?
    private let count: Int
    private let isAbsent: Bool
    private let expectation: String?

    init(_ parameters: Parameters) throws {
        var question = DNSQuestion(
            name: try parameters.string("name"),
            type: try parameters.recordType("type"),
            server: try parameters.stringIfGiven("server")
        )
        question.timeout = try parameters.duration("timeout")
        self.question = question
        values = parameters.has("values") ? try parameters.strings("values").sorted() : nil
        count = try parameters.integerIfGiven("count") ?? 1
        isAbsent = try parameters.boolean("absent")
        expectation = try parameters.stringIfGiven("expect")
    }

    func ask(_ world: World) async throws -> Observation {
        let answer = try await world.ask(question)
        let facts = answer.facts(question.type)
        if case .refused(let code) = answer {
            return Observation(.error(Problem("the name server refused, response code \(code)")), facts: facts)
        }
        if let expectation {
            let seen = answer.shortText
            return Observation(
                await world.expressions.judge(expectation, over: .object(facts), seen: seen),
                facts: facts
            )
        }
        return Observation(judge(answer), facts: facts)
    }

    private func judge(_ answer: DNSAnswer) -> Verdict {
        let found = answer.values(question.type)
        let seen = found.isEmpty ? "`\(question.name)`: \(answer.shortText)" : found.joined(separator: ", ")
        if isAbsent { return found.isEmpty ? .pass(seen) : .fail("still there: \(seen)") }
        if let values, found != values { return .fail("\(seen); wanted \(values.joined(separator: ", "))") }
        return found.count >= count ? .pass(seen) : .fail("\(seen); wanted at least \(count)")
    }
}
