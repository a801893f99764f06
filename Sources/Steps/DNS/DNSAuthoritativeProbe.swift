import MigrateCore
import Network

/// Asks every authoritative name server for a record, over UDP and over TCP.
struct DNSAuthoritativeProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "dns.authoritative",
        role: .probe,
        summary: "Ask every authoritative name server for a record, over UDP and TCP",
        parameters: [
            .required("name", .string, "name asked for"),
            .optional("type", .choice(["A", "AAAA", "CNAME", "NS", "SOA", "TXT"]), default: "A", "type asked for"),
            .optional(
                "servers",
                .list(.string),
                example: ["ns-1.awsdns-00.com"],
                "`address:port` of each server; found by NS records when left out"
            ),
            .optional("resolver", .string, example: "10.0.0.2:53", "`address:port` of the resolver for finding them"),
            .optional("values", .list(.string), "data that every answer must be made of, and of nothing else"),
            .optional("absent", .boolean, default: false, "whether no server may have such a record"),
            .optional("timeout", .duration, default: "3s", "time allowed for one answer"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["servers": "answer of each server and transport", "values": "data found anywhere, sorted"],
        source: "https://www.rfc-editor.org/rfc/rfc1035, read 2026-11-21",
        example: """
            - id: dns-new
              probe: dns.authoritative
              with: {name: "${host}", values: ["${new_address}"]}
            """
    )

    private let name: String
    private let type: DNSQuestion.RecordType
    private let servers: AuthoritativeServers
    private let values: Set<String>?
    private let isAbsent: Bool
    private let timeout: Duration

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        type = try parameters.recordType("type")
        servers = AuthoritativeServers(
            given: try parameters.strings("servers"),
            resolver: try parameters.stringIfGiven("resolver")
        )
        values = parameters.has("values") ? Set(try parameters.strings("values")) : nil
        isAbsent = try parameters.boolean("absent")
        timeout = try parameters.duration("timeout")
    }

    func ask(_ world: World) async throws -> Observation {
        var rows: [Value] = []
        var faults: [String] = []
        var all: Set<String> = []
        for server in try await servers.servers(for: name, world) {
            for usesTCP in [false, true] {
                var question = DNSQuestion(name: name, type: type, server: server)
                question.usesTCP = usesTCP
                question.isRecursive = false
                question.timeout = timeout
                let answer = try await world.ask(question)
                all.formUnion(answer.values(type))
                var row = answer.facts(type)
                row["server"] = .string(server)
                row["transport"] = usesTCP ? "TCP" : "UDP"
                rows.append(.object(row))
                if let fault = fault(in: answer) {
                    faults.append("\(server) over \(usesTCP ? "TCP" : "UDP"): \(fault)")
                }
            }
        }
        let facts: [String: Value] = ["servers": .array(rows), "values": .array(all.sorted().map { .string($0) })]
        guard let first = faults.first else {
            let seen = isAbsent ? "no such record" : all.sorted().joined(separator: ", ")
            return Observation(.pass("\(rows.count) answers agree: \(seen)"), facts: facts)
        }
        return Observation(.fail(faults.count > 1 ? "\(first) (and \(faults.count - 1) more)" : first), facts: facts)
    }

    private func fault(in answer: DNSAnswer) -> String? {
        if case .refused(let code) = answer { return "refused, response code \(code)" }
        let found = answer.values(type)
        if isAbsent { return found.isEmpty ? nil : "still there: \(found.joined(separator: ", "))" }
        guard !found.isEmpty else { return answer.shortText }
        if case .records(_, isAuthoritative: false) = answer { return "answers without authority" }
        guard let values, !values.isSuperset(of: found) else { return nil }
        return "\(found.joined(separator: ", ")); wanted \(values.sorted().joined(separator: ", "))"
    }
}
