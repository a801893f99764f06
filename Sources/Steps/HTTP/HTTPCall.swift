import AWSClient
import MigrateCore
import Network

/// How a probe reaches an HTTP service; the parameters that all such probes share.
struct HTTPCall: Sendable {
    /// Address, without a slash at its end.
    var base: String
    /// Fields sent with each request.
    var headers: [HTTPField]
    /// Where to connect instead of where the host name points.
    var connectTo: ConnectTarget?
    /// PEM file of trusted authorities.
    var authoritiesFile: String?
    /// Time allowed for one request.
    var timeout: Duration

    /// Parameters that `init(_:)` reads.
    static let parameters: [ParameterDeclaration] = [
        .required("url", .string, "address of the service, `http` or `https`, without a path of its own"),
        .optional("token", .string, example: "${secrets.grafana_token}", "bearer token; a secret"),
        .optional("tenant", .string, example: "production", "tenant, sent as `X-Scope-OrgID`"),
        .optional("headers", .mapping, example: ["X-Scope-OrgID": "production"], "further header fields"),
        .optional(
            "connect_to",
            .string,
            example: "10.0.1.5:3000",
            "`host:port` to connect to in place of the host in `url`"
        ),
        .optional("ca_file", .string, example: "ca.pem", "PEM file of authorities to trust in place of the system's"),
        .optional("timeout", .duration, default: "10s", "time allowed for one request"),
    ]

    /// Reads the shared parameters.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters) throws { try self.init(parameters, address: "url") }

    /// Reads the shared parameters, the address from the parameter `address`.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters, address: String) throws {
        var base = try parameters.string(address)
        guard base.hasPrefix("http://") || base.hasPrefix("https://") else {
            throw ParameterError(address, "must begin with `http://` or `https://`, not `\(base)`")
        }
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
        headers = try parameters.textMapping("headers").sorted { $0.key < $1.key }.map { HTTPField($0.key, $0.value) }
        if let token = try parameters.secretIfGiven("token") {
            headers.append(HTTPField("Authorization", "Bearer \(token.exposed)"))
        }
        if let tenant = try parameters.stringIfGiven("tenant") {
            headers.append(HTTPField("X-Scope-OrgID", tenant))
        }
        connectTo = parameters.names.contains("connect_to") ? try parameters.connectTarget("connect_to") : nil
        authoritiesFile = try parameters.stringIfGiven("ca_file")
        timeout = try parameters.duration("timeout")
    }

    /// Host and port of the address.
    var ownPlace: ConnectTarget { ConnectTarget(of: base) }

    /// Where a request goes, for messages.
    var place: String { connectTo.map { "\(base) (\($0.host))" } ?? base }

    /// Request for `path` below the base address; `query` is encoded here.
    func request(_ method: String = "GET", _ path: String, query: [(String, String)] = []) -> HTTPRequest {
        var url = base + path
        if !query.isEmpty {
            url += "?" + query.map { "\(PercentCode.text($0))=\(PercentCode.text($1))" }.joined(separator: "&")
        }
        var request = HTTPRequest(method: method, url: url, headers: headers, timeout: timeout)
        request.connectTo = connectTo
        request.authoritiesFile = authoritiesFile
        return request
    }

    /// Request that sends `body` as JSON to `path`.
    ///
    /// On a fresh connection, because libcurl sends a request twice when a kept one dies.
    func post(_ path: String, json body: Value) -> HTTPRequest {
        var request = request("POST", path)
        request.headers.append(HTTPField("Content-Type", "application/json"))
        request.body = body.bytes
        request.usesFreshConnection = true
        return request
    }

    /// The same service at another address, such as a port that takes writes.
    func at(_ base: String) -> HTTPCall {
        var other = self
        other.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        other.connectTo = nil
        return other
    }
}

extension Parameters {
    /// `host:port`, an IPv6 address in brackets; nil when it was left out.
    func connectTarget(_ name: String) throws -> ConnectTarget? {
        guard let text = try stringIfGiven(name) else { return nil }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port), colon != text.startIndex
        else { throw ParameterError(name, "must be `host:port`, not `\(text)`") }
        let host = text[..<colon]
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host
        return ConnectTarget(host: String(bare), port: port)
    }
}

extension HTTPResponse {
    /// Body as JSON; nil when it is none.
    var json: Value? {
        do { return try Value(parsing: body) } catch { return nil }
    }

    /// Body as text, its first 200 characters on one line, for messages.
    var excerpt: String {
        let text = String(decoding: body.prefix(400), as: UTF8.self)
        return String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(200))
    }

    /// JSON of an answer with status 200.
    ///
    /// Throws: `Problem` saying what came instead.
    func requireJSON(_ what: String) throws -> Value {
        guard status == 200 else {
            throw Problem("\(what) answered \(status): \(excerpt)", hint: HTTPResponse.hint(for: status))
        }
        guard let json else { throw Problem("\(what) answered with something that is not JSON: \(excerpt)") }
        return json
    }

    /// What an answer of `status` usually asks for.
    static func hint(for status: Int) -> String? {
        switch status {
        case 401: "give `token`, or `tenant` where the service has several"
        case 403: "the token lacks a permission"
        case 404: "check the path in `url`"
        default: nil
        }
    }
}
