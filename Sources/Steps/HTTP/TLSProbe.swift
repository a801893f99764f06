import MigrateCore
import Network

/// Looks at the certificate that a server shows: chain, names, days left.
struct TLSProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "tls",
        role: .probe,
        summary: "Check the certificate that a server shows: chain, names, days left",
        parameters: [
            .required("host", .string, "host name asked for, which the certificate must cover"),
            .optional("port", .integer, default: 443, "TCP port"),
            .optional("connect_to", .string, "`host:port` to connect to in place of `host`"),
            .optional(
                "names",
                .list(.string),
                example: ["grafana.example.com"],
                "further names that the certificate must cover"
            ),
            .optional("days_left", .integer, default: 21, unit: "days", "fewest days until it expires"),
            .optional(
                "ca_file",
                .string,
                example: "ca.pem",
                "PEM file of authorities to trust in place of the system's"
            ),
            .optional("timeout", .duration, default: "10s", "time allowed"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: [
            "days_left": "whole days until it expires", "names": "names it covers", "issuer": "who issued it",
            "expires": "when it expires",
        ],
        source: "https://www.rfc-editor.org/rfc/rfc9525, read 2026-11-21",
        example: """
            - id: certificate
              probe: tls
              with: {host: "${host}", connect_to: "${alb_dns}:443", days_left: 30}
            """
    )

    private let host: String
    private let names: [String]
    private let daysLeft: Int
    private let request: HTTPRequest

    init(_ parameters: Parameters) throws {
        host = try parameters.string("host")
        names = [host] + (try parameters.strings("names"))
        daysLeft = try parameters.integer("days_left")
        let port = try parameters.integer("port", in: 1...65_535)
        var request = HTTPRequest(
            method: "HEAD",
            url: "https://\(host):\(port)/",
            timeout: try parameters.duration("timeout")
        )
        request.connectTo = try parameters.connectTarget("connect_to")
        request.authoritiesFile = try parameters.stringIfGiven("ca_file")
        request.wantsCertificates = true
        self.request = request
    }

    func ask(_ world: World) async throws -> Observation {
        do {
            return judge(try await world.send(request), at: world.now(), distrust: nil)
        } catch let failure as HTTPFailure where failure.reason == .certificate {
            // Facts come only with a chain that verifies, so a second request looks without verifying.
            var blind = request
            blind.verifiesPeer = false
            do {
                return judge(try await world.send(blind), at: world.now(), distrust: failure.message)
            } catch is HTTPFailure {
                return Observation(.fail("the certificate is not trusted: \(failure.message)"))
            }
        }
    }

    private func judge(_ response: HTTPResponse, at time: Timestamp, distrust: String?) -> Observation {
        guard let leaf = response.certificates.first else {
            return Observation(.inconclusive("the server showed no certificate"))
        }
        let left = leaf.expires.map { Int(($0 - time.milliseconds / 1000) / 86_400) }
        var facts = leaf.facts.object ?? [:]
        facts["days_left"] = left.map { .integer(Int64($0)) } ?? .null
        if let distrust { return Observation(.fail("the certificate is not trusted: \(distrust)"), facts: facts) }
        let missing = names.filter { name in !leaf.alternativeNames.contains { Self.covers($0, name) } }
        guard missing.isEmpty else {
            return Observation(.fail("the certificate does not cover \(missing.joined(separator: ", "))"), facts: facts)
        }
        guard let left else { return Observation(.inconclusive("the end of its validity is unreadable"), facts: facts) }
        let seen = "\(left) days left, issued by \(leaf.issuer)"
        return Observation(left >= daysLeft ? .pass(seen) : .fail("\(seen); wanted \(daysLeft)"), facts: facts)
    }

    /// Whether `pattern` of a certificate covers `name`; a star stands for one label.
    static func covers(_ pattern: String, _ name: String) -> Bool {
        let pattern = pattern.lowercased()
        let name = name.lowercased()
        guard pattern.hasPrefix("*.") else { return pattern == name }
        guard let dot = name.firstIndex(of: ".") else { return false }
        return name[dot...] == pattern.dropFirst()
    }
}
