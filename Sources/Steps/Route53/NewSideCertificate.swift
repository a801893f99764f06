import MigrateCore
import Network

/// The certificate that the new side shows under the production names.
struct NewSideCertificate: Sendable {
    /// Name it was asked for under.
    let host: String
    /// Facts of it.
    let leaf: Certificate

    /// The certificate that came with `response`.
    ///
    /// Throws: `Problem` when there is none.
    static func shown(with response: HTTPResponse, under host: String) throws -> Self {
        guard let leaf = response.certificates.first else {
            throw Problem("the new side showed no certificate for `\(host)`")
        }
        return NewSideCertificate(host: host, leaf: leaf)
    }

    /// Asks the new side by `request`, with its certificate where it has one.
    ///
    /// Throws: `Refusal` when it is not trusted or made out to another name; `HTTPFailure` when nobody answers.
    static func answer(to request: HTTPRequest, under host: String, _ world: World) async throws -> HTTPResponse {
        var request = request
        request.wantsCertificates = true
        do {
            return try await world.send(request)
        } catch let failure as HTTPFailure where failure.reason == .certificate {
            throw Refusal(
                "the certificate of the new side does not fit `\(host)`: \(failure.message)",
                hint: "give its listener a certificate for `\(host)`, or say in `ca_file` whom to trust"
            )
        }
    }

    /// Refuses a certificate that ends within `days`.
    ///
    /// Throws: `Refusal`.
    func refuseEnd(within days: Int, at time: Timestamp) throws {
        guard let expires = leaf.expires else {
            throw Problem("the end of the new side's certificate for `\(host)` is unreadable")
        }
        let left = Int((expires - time.milliseconds / 1000) / 86_400)
        guard left >= days else {
            throw Refusal(
                "the certificate of the new side for `\(host)` lasts \(left) more days; wanted \(days)",
                hint: "renew it, or lower `days_left`"
            )
        }
    }

    /// Its issuer in the words of CAA records.
    var issuer: CertificateIssuer {
        CertificateIssuer(
            named: leaf.issuer,
            isWildcard: CertificateIssuer.isWildcard(leaf.alternativeNames, for: host)
        )
    }
}
