import MigrateCore
import Network

/// Finds the name servers that answer for a name with authority.
struct AuthoritativeServers: Sendable {
    /// Servers given by the operator, `address:port`; empty means to look them up.
    var given: [String]
    /// Resolver for the look-up, `address:port`; nil asks the system's.
    var resolver: String?

    /// Servers for `name` as `address:port`.
    ///
    /// Asks for NS of `name` and then of each parent, as a delegation may be anywhere above.
    /// Throws: `Problem` when none is found; `DNSFailure`.
    func servers(for name: String, _ world: World) async throws -> [String] {
        guard given.isEmpty else { return given.map { $0.contains(":") ? $0 : "\($0):53" } }
        var labels = name.split(separator: ".").map(String.init)
        while !labels.isEmpty {
            let zone = labels.joined(separator: ".")
            let names = try await data(.ns, of: zone, world)
            if !names.isEmpty {
                let found = try await addresses(of: names, world)
                guard !found.isEmpty else {
                    throw Problem("the name servers \(names.sorted().joined(separator: ", ")) have no address")
                }
                return found.map { "\($0):53" }.sorted()
            }
            labels.removeFirst()
        }
        throw Problem(
            "no name server is delegated for `\(name)`",
            hint: "give `servers`, or check the delegation of the zone"
        )
    }

    /// Names of the servers that clients are sent to for `zone`; empty when it is not delegated.
    ///
    /// Throws: `DNSFailure`; `Problem` when the resolver refuses.
    func names(delegatedFor zone: String, _ world: World) async throws -> [String] {
        try await data(.ns, of: zone, world)
    }

    /// IPv4 addresses of the servers `names`, each once.
    ///
    /// Throws: `DNSFailure`; `Problem` when the resolver refuses.
    func addresses(of names: [String], _ world: World) async throws -> Set<String> {
        var found: Set<String> = []
        for name in names { found.formUnion(try await data(.a, of: name, world)) }
        return found
    }

    private func data(_ type: DNSQuestion.RecordType, of name: String, _ world: World) async throws -> [String] {
        let name = name.hasSuffix(".") ? String(name.dropLast()) : name
        switch try await world.ask(DNSQuestion(name: name, type: type, server: resolver)) {
        case .records(let records, _): return records.filter { $0.type == type.rawValue }.map(\.data)
        case .noData, .noName: return []
        case .refused(let code): throw Problem("the resolver refused `\(name)`, response code \(code)")
        }
    }
}

extension Parameters {
    /// Type of a DNS record.
    func recordType(_ name: String) throws -> DNSQuestion.RecordType {
        switch try choice(name, of: ["A", "AAAA", "CNAME", "NS", "SOA", "TXT"]) {
        case "A": .a
        case "AAAA": .aaaa
        case "CNAME": .cname
        case "NS": .ns
        case "SOA": .soa
        default: .txt
        }
    }
}

extension DNSQuestion.RecordType {
    /// Word of the type: `AAAA`.
    var word: String { "\(self)".uppercased() }
}

extension DNSAnswer {
    /// The answer as expressions see it, for a question of `type`.
    func facts(_ type: DNSQuestion.RecordType) -> [String: Value] {
        switch self {
        case .records(let records, let isAuthoritative):
            let wanted = records.filter { $0.type == type.rawValue }
            return [
                "answer": "records", "authoritative": .bool(isAuthoritative),
                "values": .array(wanted.map(\.data).sorted().map { .string($0) }),
                "ttl": wanted.map(\.ttl).min().map { .integer(Int64($0)) } ?? .null,
                "records": .array(
                    records.map {
                        [
                            "name": .string($0.name), "type": .integer(Int64($0.type)), "ttl": .integer(Int64($0.ttl)),
                            "data": .string($0.data),
                        ]
                    }
                ),
            ]
        case .noData: return ["answer": "no_data", "values": [], "ttl": .null, "records": []]
        case .noName: return ["answer": "no_name", "values": [], "ttl": .null, "records": []]
        case .refused(let code):
            return ["answer": "refused", "code": .integer(Int64(code)), "values": [], "ttl": .null, "records": []]
        }
    }

    /// Data of the records of `type`, sorted.
    func values(_ type: DNSQuestion.RecordType) -> [String] {
        guard case .records(let records, _) = self else { return [] }
        return records.filter { $0.type == type.rawValue }.map(\.data).sorted()
    }
}
