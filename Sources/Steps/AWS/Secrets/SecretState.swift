import AWSClient
import MigrateCore

/// A secret of Secrets Manager as found; never its text.
struct SecretState: Sendable, Hashable {
    /// Name.
    var name: String
    /// ARN, with the six characters that Secrets Manager adds.
    var arn: String
    /// Whether it is being deleted and can still be restored.
    var isPendingDeletion: Bool

    /// Resource of its permissions; Secrets Manager adds six characters to a name.
    static let resource = "arn:aws:secretsmanager:*:*:secret:${name}-*"

    /// Facts it gives, with their meaning.
    static let factNames = ["arn": "ARN of the secret", "name": "its name"]

    /// Facts.
    var facts: [String: Value] { ["arn": .string(arn), "name": .string(name)] }

    /// Secret `name`; nil when there is none.
    ///
    /// Throws: as `World.call`.
    static func named(_ name: String, _ world: World) async throws -> SecretState? {
        let found = try await world.look(
            "secretsmanager:DescribeSecret \(name)",
            absentBy: ["ResourceNotFoundException"]
        ) {
            try await world.aws.secretsManager.describeSecret(.init(secretId: name))
        }
        return found.map { SecretState(name: name, arn: $0.arn, isPendingDeletion: $0.deletedDate != nil) }
    }
}
