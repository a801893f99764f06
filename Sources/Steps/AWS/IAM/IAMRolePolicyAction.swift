import AWSClient
import MigrateCore

/// Puts an inline policy on a role.
struct IAMRolePolicyAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "iam.role_policy",
        role: .action,
        summary: "Puts an inline policy on an IAM role",
        parameters: [
            .required("role", .string, "Name of the role"),
            .required("name", .string, "Name of the policy within the role"),
            .required("policy", .any, "Policy document: a mapping, or JSON text"),
        ],
        effect: .convergent,
        rollback: .captured,
        undo: "the inline policy as found, or that there was none; undoing puts it back or deletes it",
        permissions: [
            Permission(["iam:GetRolePolicy"], on: "arn:aws:iam::*:role/${role}", mutates: false),
            Permission(
                ["iam:PutRolePolicy", "iam:DeleteRolePolicy"],
                on: "arn:aws:iam::*:role/${role}",
                mutates: true
            ),
        ],
        facts: ["policy_name": "name of the policy"],
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: task-role-storage
              do: iam.role_policy
              with:
                role: lgtm-task
                name: storage
                policy:
                  Version: "2012-10-17"
                  Statement:
                    - {Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::lgtm/*"}
            """
    )

    private let role: String
    private let name: String
    private let policy: PolicyDocument

    init(_ parameters: Parameters) throws {
        role = try parameters.string("role")
        name = try parameters.string("name")
        policy = try PolicyDocument(parameters, "policy")
    }

    func observe(_ world: World) async throws -> Value {
        let found = try await world.look("iam:GetRolePolicy \(role) \(name)", absentBy: ["NoSuchEntity"]) {
            try await world.aws.iam.getRolePolicy(.init(roleName: role, policyName: name))
        }
        guard let found else { return .null }
        return image(try PolicyDocument(found: found.policyDocument, named: role).value)
    }

    private func image(_ document: Value) -> Value {
        ["role": .string(role), "name": .string(name), "policy": document]
    }

    func wanted(over before: Value) throws -> Value {
        let wanted = image(policy.value)
        return matches(before, wanted) ? before : wanted
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        observed.isNull == expected.isNull
            && PolicyDocument.canonical(observed["policy"]) == PolicyDocument.canonical(expected["policy"])
    }

    func facts(of image: Value) -> [String: Value] { ["policy_name": .string(name)] }

    func summary(from: Value, to: Value) -> String {
        if to.isNull { return "delete inline policy `\(name)` of role `\(role)`" }
        return "\(from.isNull ? "put" : "replace") inline policy `\(name)` of role `\(role)`"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to.isNull {
            try await world.remove("iam:DeleteRolePolicy \(role) \(name)", absentBy: ["NoSuchEntity"]) {
                try await world.aws.iam.deleteRolePolicy(.init(roleName: role, policyName: name))
            }
        } else {
            _ = try await world.call("iam:PutRolePolicy \(role) \(name)") {
                try await world.aws.iam.putRolePolicy(
                    .init(roleName: role, policyName: name, policyDocument: to["policy"].text)
                )
            }
        }
        return .null
    }
}
