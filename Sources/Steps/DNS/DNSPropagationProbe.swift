import MigrateCore
import Network

/// Asks recursive resolvers what they answer by now; reports and does not gate.
struct DNSPropagationProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "dns.propagation",
        role: .probe,
        summary: "Ask recursive resolvers what they answer by now; reported, never gating",
        parameters: [
            .required("name", .string, "name asked for"),
            .optional("type", .choice(["A", "AAAA", "CNAME", "NS", "SOA", "TXT"]), default: "A", "type asked for"),
            .required("resolvers", .list(.string), "`address:port` of each resolver"),
            .optional("values", .list(.string), "data that counts as arrived"),
            .optional("timeout", .duration, default: "3s", "time allowed for one answer"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["resolvers": "answer of each resolver", "arrived": "how many answer with `values` alone"],
        source: "https://www.rfc-editor.org/rfc/rfc1034, read 2026-11-21",
        example: """
            - id: propagation
              probe: dns.propagation
              with: {name: "${host}", resolvers: ["1.1.1.1:53", "8.8.8.8:53"], values: ["${new_address}"]}
            """
    )

    private let name: String
    private let type: DNSQuestion.RecordType
    private let resolvers: [String]
    private let values: Set<String>
    private let timeout: Duration

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        type = try parameters.recordType("type")
        resolvers = try parameters.strings("resolvers")
        values = Set(try parameters.strings("values"))
        timeout = try parameters.duration("timeout")
    }

    func ask(_ world: World) async throws -> Observation {
        var rows: [Value] = []
        var table: [String] = []
        var answered = 0
        var arrived = 0
        for resolver in resolvers {
            var question = DNSQuestion(name: name, type: type, server: resolver)
            question.timeout = timeout
            var row: [String: Value]
            do {
                let answer = try await world.ask(question)
                let found = answer.values(type)
                answered += 1
                if !found.isEmpty, values.isSuperset(of: found) { arrived += 1 }
                row = answer.facts(type)
                table.append("\(resolver) answers \(Self.words(answer, type))")
            } catch let failure as DNSFailure {
                row = ["answer": "none", "error": .string(failure.words)]
                table.append("\(resolver): \(failure.words)")
            }
            row["resolver"] = .string(resolver)
            rows.append(.object(row))
        }
        let facts: [String: Value] = ["resolvers": .array(rows), "arrived": .integer(Int64(arrived))]
        guard answered > 0 else { return Observation(.inconclusive("no resolver answered"), facts: facts) }
        let count = values.isEmpty ? "" : "\(arrived) of \(resolvers.count) resolvers have it; "
        return Observation(.pass(count + table.joined(separator: ", ")), facts: facts)
    }

    /// What a resolver answers, and how long it still will.
    private static func words(_ answer: DNSAnswer, _ type: DNSQuestion.RecordType) -> String {
        guard case .records(let records, _) = answer else { return answer.shortText }
        let wanted = records.filter { $0.type == type.rawValue }
        guard let left = wanted.map(\.ttl).min() else { return answer.shortText }
        return wanted.map(\.data).sorted().joined(separator: " ") + " for another \(left) s"
    }
}
