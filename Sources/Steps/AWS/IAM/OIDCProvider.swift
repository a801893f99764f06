import AWSClient
import MigrateCore

/// An OpenID Connect provider that the account trusts, as found.
struct OIDCProvider: Sendable, Hashable {
    /// ARN.
    var arn: String
    /// Audiences, sorted.
    var clientIDs: [String]

    /// Resource of its permissions.
    static let resource = "arn:aws:iam::*:oidc-provider/*"

    /// Facts it gives, with their meaning.
    static let factNames = ["arn": "ARN of the provider", "client_ids": "audiences it accepts"]

    /// Facts.
    var facts: [String: Value] {
        ["arn": .string(arn), "client_ids": .array(clientIDs.map { .string($0) })]
    }

    /// Issuer as IAM names it: without scheme and without a slash at the end.
    static func issuer(of url: String) -> String {
        var text = url[...]
        if text.hasPrefix("https://") { text = text.dropFirst("https://".count) }
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }

    /// Provider of the issuer at `url`; nil when there is none.
    ///
    /// Throws: as `World.call`.
    static func at(_ url: String, _ world: World) async throws -> OIDCProvider? {
        let list = try await world.call("iam:ListOpenIDConnectProviders") {
            try await world.aws.iam.listOpenIDConnectProviders(.init())
        }
        let ending = ":oidc-provider/" + issuer(of: url)
        let arns = list.openIDConnectProviderList.compactMap(\.arn)
        guard let arn = arns.first(where: { $0.lowercased().hasSuffix(ending.lowercased()) }) else { return nil }
        let found = try await world.look("iam:GetOpenIDConnectProvider \(arn)", absentBy: ["NoSuchEntity"]) {
            try await world.aws.iam.getOpenIDConnectProvider(.init(openIDConnectProviderArn: arn))
        }
        return found.map { OIDCProvider(arn: arn, clientIDs: $0.clientIDList.sorted()) }
    }
}
