import AWSClient
import MigrateCore

/// Makes the account trust an OpenID Connect issuer.
struct OIDCProviderAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "iam.oidc_provider",
        role: .action,
        summary: "Makes an IAM OIDC provider, or adds an audience to one that exists",
        parameters: [
            .required("url", .string, "Issuer, such as `https://token.actions.githubusercontent.com`"),
            .optional("client_ids", .list(.string), default: ["sts.amazonaws.com"], "Audiences it must accept"),
            .optional(
                "thumbprints",
                .list(.string),
                example: ["6938fd4d98bab03faadb97b34396831e3780aea1"],
                "SHA-1 thumbprints of the issuer's authority; left out, IAM finds them. Not looked at afterwards"
            ),
        ],
        effect: .reconcilable,
        rollback: .keep,
        undo: "client ids as found, or that there was no provider; undoing sets them back or deletes it",
        reconciliation: "by the issuer's address",
        permissions: [
            Permission(["iam:ListOpenIDConnectProviders"], on: "*", mutates: false),
            Permission(["iam:GetOpenIDConnectProvider"], on: OIDCProvider.resource, mutates: false),
            Permission(
                [
                    "iam:CreateOpenIDConnectProvider", "iam:AddClientIDToOpenIDConnectProvider",
                    "iam:RemoveClientIDFromOpenIDConnectProvider", "iam:DeleteOpenIDConnectProvider",
                ],
                on: OIDCProvider.resource,
                mutates: true
            ),
        ],
        facts: OIDCProvider.factNames,
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: github-oidc
              do: iam.oidc_provider
              with: {url: "https://token.actions.githubusercontent.com", client_ids: [sts.amazonaws.com]}
            """
    )

    private let url: String
    private let clientIDs: [String]
    private let thumbprints: [String]

    init(_ parameters: Parameters) throws {
        url = try parameters.string("url")
        guard url.hasPrefix("https://") else { throw ParameterError("url", "must begin with `https://`") }
        clientIDs = try parameters.strings("client_ids")
        thumbprints = try parameters.strings("thumbprints")
    }

    func observe(_ world: World) async throws -> Value {
        guard let found = try await OIDCProvider.at(url, world) else { return .null }
        return image(found.clientIDs, found.facts)
    }

    private func image(_ clientIDs: [String], _ facts: [String: Value] = [:]) -> Value {
        .object(
            facts.merging([
                "issuer": .string(OIDCProvider.issuer(of: url)),
                "client_ids": .array(clientIDs.sorted().map { .string($0) }),
            ]) { $1 }
        )
    }

    private func audiences(_ image: Value) -> Set<String> {
        Set((image["client_ids"].array ?? []).compactMap(\.string))
    }

    func wanted(over before: Value) throws -> Value {
        guard !before.isNull else { return image(clientIDs) }
        let found = audiences(before)
        let missing = clientIDs.filter { !found.contains($0) }
        guard missing.count <= 1 else {
            throw Refusal(
                "the OIDC provider for `\(url)` exists and lacks \(missing.count) audiences, which are as many calls",
                hint: "add them in steps of their own: \(missing.joined(separator: ", "))"
            )
        }
        return image(found.union(missing).sorted())
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        observed.isNull == expected.isNull && audiences(observed) == audiences(expected)
    }

    func facts(of image: Value) -> [String: Value] { ["arn": image["arn"], "client_ids": image["client_ids"]] }

    func summary(from: Value, to: Value) -> String {
        if from.isNull { return "create OIDC provider for `\(url)`" }
        if to.isNull { return "delete OIDC provider for `\(url)`" }
        let added = audiences(to).subtracting(audiences(from)).sorted()
        let removed = audiences(from).subtracting(audiences(to)).sorted()
        return (added.map { "add audience `\($0)` to" } + removed.map { "remove audience `\($0)` from" })
            .joined(separator: ", ") + " the OIDC provider for `\(url)`"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if from.isNull {
            let made = try await world.call("iam:CreateOpenIDConnectProvider \(url)") {
                try await world.aws.iam.createOpenIDConnectProvider(
                    .init(
                        url: url,
                        clientIDList: audiences(to).sorted(),
                        thumbprintList: thumbprints.isEmpty ? nil : thumbprints
                    )
                )
            }
            return ["arn": .string(made.openIDConnectProviderArn)]
        }
        guard let arn = from["arn"].string else { throw Refusal("the image of the OIDC provider has no ARN") }
        if to.isNull {
            try await world.remove("iam:DeleteOpenIDConnectProvider \(arn)", absentBy: ["NoSuchEntity"]) {
                try await world.aws.iam.deleteOpenIDConnectProvider(.init(openIDConnectProviderArn: arn))
            }
        } else if let added = audiences(to).subtracting(audiences(from)).first {
            _ = try await world.call("iam:AddClientIDToOpenIDConnectProvider \(added)") {
                try await world.aws.iam.addClientIDToOpenIDConnectProvider(
                    .init(openIDConnectProviderArn: arn, clientID: added)
                )
            }
        } else if let removed = audiences(from).subtracting(audiences(to)).first {
            _ = try await world.call("iam:RemoveClientIDFromOpenIDConnectProvider \(removed)") {
                try await world.aws.iam.removeClientIDFromOpenIDConnectProvider(
                    .init(openIDConnectProviderArn: arn, clientID: removed)
                )
            }
        }
        return .null
    }
}
