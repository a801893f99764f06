import AWSClient
import MigrateCore

/// A role as found, without its policies.
struct IAMRole: Sendable, Hashable {
    /// Name.
    var name: String
    /// ARN.
    var arn: String
    /// Path, such as `/` or `/service/`.
    var path: String
    /// Who may assume it.
    var trust: Value
    /// Longest session.
    var maxSession: Duration

    /// Resource of its permissions; `${name}` is the parameter.
    static let resource = "arn:aws:iam::*:role/${name}"

    /// Facts it gives, with their meaning.
    static let factNames = ["arn": "ARN of the role", "name": "its name"]

    /// Facts.
    var facts: [String: Value] { ["arn": .string(arn), "name": .string(name)] }

    /// Role `name`; nil when there is none.
    ///
    /// Throws: as `World.call`.
    static func named(_ name: String, _ world: World) async throws -> IAMRole? {
        let found = try await world.look("iam:GetRole \(name)", absentBy: ["NoSuchEntity"]) {
            try await world.aws.iam.getRole(.init(roleName: name))
        }
        guard let role = found?.role else { return nil }
        let trust = try role.assumeRolePolicyDocument.map { try PolicyDocument(found: $0, named: name).value }
        return IAMRole(
            name: name,
            arn: role.arn,
            path: role.path,
            trust: trust ?? .null,
            maxSession: .seconds(role.maxSessionDuration ?? 3600)
        )
    }
}
