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
            .optional("also", .list(.string), example: ["api.example.com"], "further names asked for"),
            .optional("type", .choice(["A", "AAAA", "CNAME", "NS", "SOA", "TXT"]), default: "A", "type asked for"),
            .optional(
                "types",
                .list(.string),
                example: ["A", "AAAA"],
                "types asked for, in place of `type`, where there are several"
            ),
            .required("resolvers", .list(.string), "`address:port` of each resolver"),
            .optional("values", .list(.string), "data that counts as arrived"),
            .optional(
                "old",
                .list(.string),
                example: ["192.0.2.1"],
                "addresses of the old side, or names that lead there: who answers with them is told as still old"
            ),
            .optional("timeout", .duration, default: "3s", "time allowed for one answer"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: [
            "resolvers": "answer of each resolver to each question, with `old` where the old side is known",
            "arrived": "how many answer with `values` alone", "still_old": "how many answer with the old side",
        ],
        source: "https://www.rfc-editor.org/rfc/rfc1034, read 2026-11-21",
        example: """
            - id: propagation
              probe: dns.propagation
              with: {name: "${host}", resolvers: ["1.1.1.1:53", "8.8.8.8:53"], values: ["${new_address}"]}
            """
    )

    /// One answer, or why there is none.
    private struct Row {
        var text: String
        var facts: [String: Value]
        var isAnswered = false
        var hasArrived = false
        var isOld = false
    }

    private let names: [String]
    private let types: [DNSQuestion.RecordType]
    private let resolvers: [String]
    private let values: Set<String>
    private let old: Set<String>
    private let timeout: Duration

    init(_ parameters: Parameters) throws {
        names = ([try parameters.string("name")] + (try parameters.strings("also"))).map(Self.bare)
        let words = try parameters.strings("types")
        let single = try parameters.recordType("type")
        let several = try words.map { word throws(ParameterError) in
            guard let type = DNSQuestion.RecordType(word: word) else {
                throw ParameterError("types", "holds `\(word)`, which is no type that can be asked for")
            }
            return type
        }
        types = several.isEmpty ? [single] : several
        resolvers = try parameters.strings("resolvers")
        values = Set(try parameters.strings("values"))
        old = Set(try parameters.strings("old").map(Self.canonical))
        timeout = try parameters.duration("timeout")
    }

    func ask(_ world: World) async throws -> Observation {
        var rows: [Row] = []
        for resolver in resolvers {
            for type in types {
                let old = try await oldData(of: type, at: resolver, world)
                for name in names { rows.append(try await row(name, type, at: resolver, old: old, world)) }
            }
        }
        let arrived = rows.count(where: \.hasArrived)
        let stillOld = rows.count(where: \.isOld)
        let facts: [String: Value] = [
            "resolvers": .array(rows.map { .object($0.facts) }), "arrived": .integer(Int64(arrived)),
            "still_old": old.isEmpty ? .null : .integer(Int64(stillOld)),
        ]
        guard rows.contains(where: \.isAnswered) else {
            return Observation(.inconclusive("no resolver answered"), facts: facts)
        }
        let noun = isOneQuestion ? "resolvers" : "answers of resolvers"
        var heads: [String] = []
        if !values.isEmpty { heads.append("\(arrived) of \(rows.count) \(noun) have it") }
        if !old.isEmpty { heads.append("\(stillOld) of \(rows.count) \(noun) still old") }
        let table = rows.map(\.text).joined(separator: ", ")
        return Observation(.pass((heads + [table]).joined(separator: "; ")), facts: facts)
    }

    private var isOneQuestion: Bool { names.count * types.count == 1 }

    private func row(
        _ name: String,
        _ type: DNSQuestion.RecordType,
        at resolver: String,
        old: Set<String>,
        _ world: World
    ) async throws -> Row {
        var question = DNSQuestion(name: name, type: type, server: resolver)
        question.timeout = timeout
        let subject = isOneQuestion ? resolver : "\(resolver) \(name) \(type.word)"
        var row: Row
        do {
            let answer = try await world.ask(question)
            let found = answer.values(type)
            let isOld = found.contains { old.contains(Self.canonical($0)) }
            let verb = self.old.isEmpty || found.isEmpty ? "answers" : isOld ? "still old:" : "moved:"
            row = Row(text: "\(subject) \(verb) \(Self.words(answer, type))", facts: answer.facts(type))
            row.isAnswered = true
            row.hasArrived = !found.isEmpty && values.isSuperset(of: found)
            row.isOld = isOld
            if !self.old.isEmpty { row.facts["old"] = .bool(isOld) }
        } catch let failure as DNSFailure {
            row = Row(text: "\(subject): \(failure.words)", facts: ["answer": "none", "error": .string(failure.words)])
        }
        row.facts.merge([
            "resolver": .string(resolver), "name": .string(name), "type": .string(type.word),
        ]) { $1 }
        return row
    }

    /// What counts as old in answers of `type`: what was given, and the addresses behind the names among it.
    ///
    /// Why at the same resolver: it is its answer for them that clients are led by.
    private func oldData(
        of type: DNSQuestion.RecordType,
        at resolver: String,
        _ world: World
    ) async throws -> Set<String> {
        var data = old
        guard type == .a || type == .aaaa else { return data }
        for name in old.sorted() where IPAddress.canonical(name) == nil {
            var question = DNSQuestion(name: name, type: type, server: resolver)
            question.timeout = timeout
            do {
                data.formUnion(try await world.ask(question).values(type).map(Self.canonical))
            } catch is DNSFailure {
                // Its row says that it does not answer.
                continue
            }
        }
        return data
    }

    private static func bare(_ name: String) -> String { name.hasSuffix(".") ? String(name.dropLast()) : name }

    private static func canonical(_ data: String) -> String { IPAddress.canonical(data) ?? bare(data.lowercased()) }

    /// What a resolver answers, and how long it still will.
    private static func words(_ answer: DNSAnswer, _ type: DNSQuestion.RecordType) -> String {
        guard case .records(let records, _) = answer else { return answer.shortText }
        let wanted = records.filter { $0.type == type.rawValue }
        guard let left = wanted.map(\.ttl).min() else { return answer.shortText }
        return wanted.map(\.data).sorted().joined(separator: " ") + " for another \(left) s"
    }
}
