import MigrateCore
import Network

/// Sends one HTTP request and judges the answer.
struct HTTPProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "http",
        role: .probe,
        summary: "Send an HTTP request and judge the answer",
        parameters: [
            .required("url", .string, "address, `http` or `https`"),
            .optional("method", .string, default: "GET", "verb"),
            .optional("headers", .mapping, example: ["Accept": "application/json"], "header fields"),
            .optional("body", .any, example: ["query": "up"], "body: text as it is, anything else as JSON"),
            .optional(
                "connect_to",
                .string,
                "`host:port` to connect to in place of the host in `url`; the name in the "
                    + "certificate is still checked against `url`"
            ),
            .optional(
                "ca_file",
                .string,
                example: "ca.pem",
                "PEM file of authorities to trust in place of the system's"
            ),
            .optional("timeout", .duration, default: "10s", "time allowed for the whole answer"),
            .optional(
                "expect",
                .expression,
                "condition over `{status, headers, body, json, timings, certificate}`; "
                    + "status 200 to 299 when it is left out"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: [
            "status": "status code", "json": "body, when it is JSON", "headers": "header fields, names in lower case",
            "total_ms": "time to the last byte, in milliseconds", "address": "address that answered",
        ],
        source: "https://www.rfc-editor.org/rfc/rfc9110, read 2026-11-21",
        example: """
            - id: grafana-answers
              probe: http
              with: {url: "https://${host}/api/health", connect_to: "${alb_dns}:443", expect: '.json.database == "ok"'}
            """
    )

    /// What is sent.
    var request: HTTPRequest
    private let expectation: String?

    init(_ parameters: Parameters) throws {
        var request = HTTPRequest(
            method: try parameters.string("method").uppercased(),
            url: try parameters.string("url"),
            headers: try parameters.textMapping("headers").sorted { $0.key < $1.key }
                .map { HTTPField($0.key, $0.value) },
            timeout: try parameters.duration("timeout")
        )
        switch parameters.value("body") {
        case .null: break
        case .string(let text): request.body = Array(text.utf8)
        case let value:
            request.body = value.bytes
            if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
                request.headers.append(HTTPField("Content-Type", "application/json"))
            }
        }
        request.connectTo = try parameters.connectTarget("connect_to")
        request.authoritiesFile = try parameters.stringIfGiven("ca_file")
        request.connectTimeout = min(request.connectTimeout, request.timeout)
        request.usesFreshConnection = request.method != "GET" && request.method != "HEAD"
        expectation = try parameters.stringIfGiven("expect")
        request.wantsCertificates = expectation?.contains("certificate") ?? false
        self.request = request
    }

    func ask(_ world: World) async throws -> Observation {
        await judge(try await world.send(request), world)
    }

    /// The judgement of one answer.
    func judge(_ response: HTTPResponse, _ world: World) async -> Observation {
        let facts = response.facts
        let seen = "\(response.status) in \(response.timings.total.shortText)"
        guard let expectation else {
            let isGood = (200..<300).contains(response.status)
            let verdict = isGood ? Verdict.pass(seen) : .fail("\(seen): \(response.excerpt)")
            return Observation(verdict, facts: facts)
        }
        return Observation(
            await world.expressions.judge(expectation, over: .object(facts), seen: seen),
            facts: facts
        )
    }
}

extension HTTPResponse {
    /// The answer as expressions see it.
    var facts: [String: Value] {
        let fields = Dictionary(
            headers.map { ($0.name, Value.string($0.value)) },
            uniquingKeysWith: { .string($0.interpolated + ", " + $1.interpolated) }
        )
        return [
            "status": .integer(Int64(status)), "headers": .object(fields),
            "body": .string(String(decoding: body.prefix(256 << 10), as: UTF8.self)), "json": json ?? .null,
            "timings": timings.facts,
            "total_ms": .integer(timings.total.inMilliseconds), "address": .string(remoteAddress),
            "certificate": certificates.first?.facts ?? .null,
        ]
    }
}

extension Certificate {
    /// The certificate as expressions see it.
    var facts: Value {
        [
            "subject": .string(subject), "issuer": .string(issuer),
            "names": .array(alternativeNames.map { .string($0) }),
            "expires": expires.map { .string(Timestamp(milliseconds: $0 * 1000).description) } ?? .null,
        ]
    }
}
