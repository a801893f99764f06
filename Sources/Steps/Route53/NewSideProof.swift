import AWSClient
import MigrateCore
import Network

/// How the new side is asked under the production name before DNS leads there: `prove` of a shift.
struct NewSideProof: Sendable {
    private let given: [String: Value]

    /// Parameter of the pre-flight, which can be asked without.
    static let parameter = ParameterDeclaration.optional("prove", .mapping, example: ["path": "/api/health"], about)

    /// Parameter of a shift, which moves no traffic to what nobody has asked.
    static let demanded = ParameterDeclaration.required("prove", .mapping, about)

    private static let about =
        "`{path, expect, port, ca_file, headers, timeout, scheme, connect_to}`: a request under each production name to "
        + "each address of `to`"

    /// Parameters of a request; the keys of `prove`.
    static let parameters: [ParameterDeclaration] = [
        .optional("path", .string, default: "/", "path of the request, with its query"),
        .optional(
            "expect",
            .expression,
            example: ".status == 200",
            "condition over `{status, headers, body, json, timings, certificate}`; "
                + "status 200 to 299 when it is left out"
        ),
        .optional("port", .integer, example: 8443, "port of the production name; that of `scheme` when left out"),
        .optional("ca_file", .string, example: "ca.pem", "PEM file of authorities to trust in place of the system's"),
        .optional("headers", .mapping, example: ["Accept": "application/json"], "header fields"),
        .optional("timeout", .duration, default: "10s", "time allowed for the whole answer"),
        .optional("scheme", .choice(["https", "http"]), default: "https", "`http` for a name without TLS"),
        .optional(
            "connect_to",
            .string,
            example: "192.0.2.9:8443",
            "`host:port`, where the new side's port differs; the host must be one of `to`"
        ),
    ]

    private static let keys = Set(parameters.map(\.name))

    /// Takes what was given; nil when it is no mapping, or an empty one.
    init?(_ value: Value) {
        guard let given = value.object, !given.isEmpty else { return nil }
        self.given = given
    }

    /// Takes the same from the parameters of a kind that has them one by one.
    init(_ parameters: Parameters) {
        let named = Self.keys.map { ($0, parameters.value($0)) }.filter { !$0.1.isNull }
        given = Dictionary(named) { first, _ in first }
    }

    /// Key that nothing reads; nil when there is none.
    var unknownKey: String? { given.keys.sorted().first { !Self.keys.contains($0) } }

    /// Parameters of a `route53.proof`.
    var parameters: [String: Value] { given.filter { !$0.value.isNull } }

    /// Whether it is asked over TLS.
    var isEncrypted: Bool { given["scheme"]?.interpolated != "http" }

    /// Port of the production name; nil when it is text that is no number.
    var port: Int? { given["port"].map { Int($0.interpolated) } ?? (isEncrypted ? 443 : 80) }

    /// Whether certificates are held against an authority of one's own.
    var hasOwnAuthority: Bool { !(given["ca_file"]?.interpolated ?? "").isEmpty }

    /// The request under `host`, which still has no place to connect to, and how its answer is judged.
    ///
    /// Throws: `ParameterError`.
    func probe(of host: String) throws -> HTTPProbe {
        let host = host.hasSuffix(".") ? String(host.dropLast()) : host
        let port = given["port"].map { ":\($0.interpolated)" } ?? ""
        let scheme = isEncrypted ? "https" : "http"
        var with: [String: Value] = [
            "url": .string("\(scheme)://\(host)\(port)\(given["path"]?.interpolated ?? "/")")
        ]
        for key in ["expect", "ca_file", "headers", "timeout"] { with[key] = given[key] }
        return try HTTPProbe(Parameters(.object(with), of: HTTPProbe.declaration))
    }

    /// Where the new side is connected to: each address of `target`, of the record types `types`.
    ///
    /// Why never where the name leads: until the shift is over, that is the old side.
    /// Throws: `Refusal` when `connect_to` is none of them; `ParameterError`; `Problem` when there is none; `DNSFailure`.
    func places(
        of target: RecordTarget,
        types: Set<String>,
        resolver: String?,
        _ world: World
    ) async throws -> [ConnectTarget] {
        guard let port, (1...65_535).contains(port) else {
            throw ParameterError("prove", "holds a `port` that is none")
        }
        let found = try await target.addresses(types: types, resolver: resolver, world)
        guard !found.isEmpty else {
            throw Problem(
                "`to` leads to no address, so that there is nothing to prove",
                hint: "check `to` and `resolver`"
            )
        }
        guard let chosen = try connectTo else { return found.map { ConnectTarget(host: $0, port: port) } }
        let meant = try await RecordTarget.addresses(of: chosen.host, resolver: resolver, world)
        guard target.pointsAt(chosen.host) || !Set(meant).isDisjoint(with: found) else {
            throw Refusal(
                "`prove` connects to `\(chosen.host)`, which is no address of `to`: \(found.joined(separator: ", "))",
                hint: "leave `connect_to` out, and every address of `to` is asked"
            )
        }
        return found.map { ConnectTarget(host: $0, port: chosen.port) }
    }

    private var connectTo: ConnectTarget? {
        get throws {
            let declaration = Route53ProofProbe.declaration
            let bare: [String: Value] = ["zone": "", "name": "", "to": [:], "connect_to": given["connect_to"] ?? .null]
            return try Parameters(.object(bare), of: declaration).connectTarget("connect_to")
        }
    }
}

extension RecordTarget {
    /// Addresses that the target leads to, of the record types `types`: its own, and those of the names it points at.
    ///
    /// Throws: `DNSFailure`.
    func addresses(types: Set<String>, resolver: String?, _ world: World) async throws -> [String] {
        var found: [String] = []
        for (type, set) in sets.sorted(by: { $0.key < $1.key }) where types.contains(type) {
            if let alias = set.aliasTarget {
                found += try await Self.addresses(of: alias.dnsName, types: [type], resolver: resolver, world)
            } else if type == "CNAME" {
                for name in set.resourceRecords {
                    found += try await Self.addresses(of: name, resolver: resolver, world)
                }
            } else {
                found += set.resourceRecords
            }
        }
        var known: Set<String> = []
        return found.filter { known.insert($0).inserted }
    }

    /// Addresses of `host`, which may be one.
    ///
    /// Throws: `DNSFailure`.
    static func addresses(
        of host: String,
        types: [String] = ["A", "AAAA"],
        resolver: String?,
        _ world: World
    ) async throws -> [String] {
        if let address = IPAddress.canonical(host) { return [address] }
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        var found: [String] = []
        for type in types.compactMap(DNSQuestion.RecordType.init(word:)) {
            found += try await world.ask(DNSQuestion(name: name, type: type, server: resolver)).values(type)
                .map { IPAddress.canonical($0) ?? $0 }
        }
        return found
    }

    /// Whether `host` is a name that the target points at.
    func pointsAt(_ host: String) -> Bool {
        let name = RecordSets.absolute(host)
        return sets.values.contains { set in
            set.aliasTarget.map { RecordSets.absolute($0.dnsName) == name } ?? false
                || set.type == "CNAME" && set.resourceRecords.contains { RecordSets.absolute($0) == name }
        }
    }
}
