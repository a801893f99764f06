import AWSClient
import MigrateCore

/// Makes a secret, or restores one that is being deleted.
struct SecretAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "secrets.secret",
        role: .action,
        summary:
            "Makes a Secrets Manager secret, or restores one that is being deleted; one that exists stays as it is",
        parameters: [
            .required("name", .string, "Name of the secret"),
            .optional(
                "value",
                .any,
                "Its text, or a mapping that becomes JSON, with `${secrets.NAME}` in it; for a secret that is made,"
                    + " never compared and never journaled"
            ),
            .optional(
                "description",
                .string,
                example: "Grafana's administrator",
                "Words on it, for a secret that is made"
            ),
            .optional("kms_key", .string, example: "alias/lgtm", "Key that encrypts it, for a secret that is made"),
            .optional(
                "recovery_window",
                .duration,
                default: "30d",
                "Time in which a secret that was undone can be restored, from 7d to 30d"
            ),
        ],
        effect: .token,
        rollback: .keep,
        undo: "that there was no secret, or that it waited for its deletion; undoing schedules the "
            + "deletion again, never deletes at once",
        permissions: [
            Permission(["secretsmanager:DescribeSecret"], on: SecretState.resource, mutates: false),
            Permission(
                ["secretsmanager:CreateSecret", "secretsmanager:RestoreSecret", "secretsmanager:DeleteSecret"],
                on: SecretState.resource,
                mutates: true
            ),
        ],
        facts: SecretState.factNames,
        source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: grafana-secret
              do: secrets.secret
              with:
                name: lgtm/grafana
                value: {admin_password: "${secrets.grafana_password}"}
            """
    )

    private let name: String
    private let value: Value
    private let description: String?
    private let key: String?
    private let recoveryDays: Int

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        value = parameters.value("value")
        description = try parameters.stringIfGiven("description")
        key = try parameters.stringIfGiven("kms_key")
        let window = try parameters.duration("recovery_window")
        recoveryDays = Int(window.inMilliseconds / 86_400_000)
        guard (7...30).contains(recoveryDays) else {
            throw ParameterError("recovery_window", "must be from 7d to 30d, not \(window.shortText)")
        }
    }

    func observe(_ world: World) async throws -> Value {
        guard let found = try await SecretState.named(name, world) else { return .null }
        var members = found.facts
        if found.isPendingDeletion { members["state"] = "pending_deletion" }
        return .object(members)
    }

    func wanted(over before: Value) throws -> Value {
        guard var members = before.object else {
            guard !value.isNull else {
                throw Refusal("secret `\(name)` does not exist, and the step gives no `value` for it")
            }
            return ["name": .string(name)]
        }
        members["state"] = nil
        return .object(members)
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        // Why: a secret that is being deleted is as good as gone, and nothing else can be had for the window's time.
        let isGone = observed.isNull || observed["state"] == "pending_deletion"
        guard !expected.isNull, expected["state"].isNull else { return isGone }
        return !isGone && (expected["arn"].isNull || observed["arn"] == expected["arn"])
    }

    func facts(of image: Value) -> [String: Value] { ["arn": image["arn"], "name": .string(name)] }

    func summary(from: Value, to: Value) -> String {
        if to.isNull || to["state"] == "pending_deletion" {
            return "delete secret `\(name)`, restorable for \(recoveryDays) days"
        }
        return from.isNull ? "create secret `\(name)`" : "restore secret `\(name)`"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to.isNull || to["state"] == "pending_deletion" {
            try await world.remove(
                "secretsmanager:DeleteSecret \(name)",
                absentBy: ["ResourceNotFoundException"]
            ) {
                try await world.aws.secretsManager.deleteSecret(
                    .init(secretId: name, recoveryWindowInDays: recoveryDays)
                )
            }
            return .null
        }
        if from["state"] == "pending_deletion" {
            _ = try await world.call("secretsmanager:RestoreSecret \(name)") {
                try await world.aws.secretsManager.restoreSecret(.init(secretId: name))
            }
            return .null
        }
        var input = SecretsManager.CreateSecretInput(
            name: name,
            clientRequestToken: ClientToken.fitting(token, limit: 64, minimum: 32)
        )
        input.secretString = Secret(value.interpolated)
        input.description = description
        input.kmsKeyId = key
        let request = input
        let made = try await world.call("secretsmanager:CreateSecret \(name)") {
            try await world.aws.secretsManager.createSecret(request)
        }
        return ["arn": .string(made.arn)]
    }
}
