import MigrateCore

/// Whether the account trusts an OpenID Connect issuer.
struct OIDCProviderProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "iam.oidc_provider",
        role: .probe,
        summary: "The account has an OIDC provider for this issuer that accepts these audiences",
        parameters: [
            .required("url", .string, "Issuer, such as `https://token.actions.githubusercontent.com`"),
            .optional("client_ids", .list(.string), default: ["sts.amazonaws.com"], "Audiences it must accept"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["iam:ListOpenIDConnectProviders"], on: "*", mutates: false),
            Permission(["iam:GetOpenIDConnectProvider"], on: OIDCProvider.resource, mutates: false),
        ],
        facts: OIDCProvider.factNames,
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: github-trusted
              probe: iam.oidc_provider
              with: {url: "https://token.actions.githubusercontent.com"}
            """
    )

    private let url: String
    private let clientIDs: [String]

    init(_ parameters: Parameters) throws {
        url = try parameters.string("url")
        clientIDs = try parameters.strings("client_ids")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let found = try await OIDCProvider.at(url, world) else {
            return Observation(.fail("no OIDC provider for `\(url)`"))
        }
        let missing = clientIDs.filter { !found.clientIDs.contains($0) }
        let verdict: Verdict =
            missing.isEmpty
            ? .pass("OIDC provider \(found.arn)")
            : .fail("OIDC provider \(found.arn) does not accept \(missing.joined(separator: ", "))")
        return Observation(verdict, facts: found.facts)
    }
}
