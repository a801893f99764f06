import AWSClient
import MigrateCore

/// Whether a secret exists and can be used.
struct SecretProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "secrets.secret",
        role: .probe,
        summary: "A Secrets Manager secret exists, is not being deleted and has these keys",
        parameters: [
            .required("name", .string, "Name or ARN of the secret"),
            .optional(
                "keys",
                .list(.string),
                "Keys that its JSON text must have; only then the text is read, and never shown"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                on: SecretState.resource,
                mutates: false
            )
        ],
        facts: SecretState.factNames,
        source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: grafana-secret-there
              probe: secrets.secret
              with: {name: lgtm/grafana, keys: [admin_password, secret_key]}
            """
    )

    private let name: String
    private let keys: [String]

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        keys = try parameters.strings("keys")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let found = try await SecretState.named(name, world) else {
            return Observation(.fail("no secret `\(name)`"))
        }
        if found.isPendingDeletion {
            return Observation(.fail("secret `\(name)` is being deleted"), facts: found.facts)
        }
        guard !keys.isEmpty else { return Observation(.pass("secret `\(name)`"), facts: found.facts) }
        let text = try await world.look(
            "secretsmanager:GetSecretValue \(name)",
            absentBy: ["ResourceNotFoundException"]
        ) {
            try await world.aws.secretsManager.getSecretValue(.init(secretId: name))
        }
        guard let plain = text?.secretString?.exposed else {
            return Observation(.fail("secret `\(name)` has no text"), facts: found.facts)
        }
        return Observation(judge(plain), facts: found.facts)
    }

    private func judge(_ plain: String) -> Verdict {
        let members: Value
        do {
            members = try Value(parsing: plain)
        } catch {
            // The fault would quote a place in the secret; that it is no JSON is all that may be said.
            return .fail("secret `\(name)` is not JSON")
        }
        let missing = keys.filter { members[$0].isNull }
        return missing.isEmpty
            ? .pass("secret `\(name)` with \(keys.count) keys")
            : .fail("secret `\(name)` lacks \(missing.map { "`\($0)`" }.joined(separator: ", "))")
    }
}
