import MigrateCore
import Network

/// How the new side is asked under the production name before DNS leads there: `prove` of a shift.
struct NewSideProof: Sendable {
    private let given: [String: Value]

    /// The parameter.
    static let parameter = ParameterDeclaration.optional(
        "prove",
        .mapping,
        example: ["path": "/api/health"],
        "`{connect_to, path, expect, ca_file, port, headers, timeout}`: a request under the production name to the new "
            + "side"
    )

    private static let keys: Set<String> = ["connect_to", "path", "expect", "ca_file", "port", "headers", "timeout"]

    /// Takes what was given; nil when it is no mapping.
    init?(_ value: Value) {
        guard let given = value.object, !given.isEmpty else { return nil }
        self.given = given
    }

    /// Key that nothing reads; nil when there is none.
    var unknownKey: String? { given.keys.sorted().first { !Self.keys.contains($0) } }

    /// Parameters of an `http` probe that asks under `host`.
    func parameters(of host: String) -> [String: Value] {
        let host = host.hasSuffix(".") ? String(host.dropLast()) : host
        let port = given["port"].map { ":\($0.interpolated)" } ?? ""
        var with: [String: Value] = ["url": .string("https://\(host)\(port)\(given["path"]?.interpolated ?? "/")")]
        for key in ["connect_to", "expect", "ca_file", "headers", "timeout"] { with[key] = given[key] }
        return with
    }

    /// Port of the production name; nil when it is text that is no number.
    var port: Int? { given["port"].map { Int($0.interpolated) } ?? 443 }

    /// Whether certificates are held against an authority of one's own.
    var hasOwnAuthority: Bool { !(given["ca_file"]?.interpolated ?? "").isEmpty }

    /// The request under `host`, sent where `connect_to` says, else to `target`.
    ///
    /// Throws: `ParameterError`.
    func request(of host: String, to target: ConnectTarget?) throws -> HTTPRequest {
        guard let port, (1...65_535).contains(port) else {
            throw ParameterError("prove", "holds a `port` that is none")
        }
        let declaration = HTTPProbe.declaration
        var request = try HTTPProbe(Parameters(.object(parameters(of: host)), of: declaration)).request
        if request.connectTo == nil { request.connectTo = target }
        return request
    }
}
