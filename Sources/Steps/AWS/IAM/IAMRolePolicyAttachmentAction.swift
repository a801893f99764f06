import AWSClient
import MigrateCore

/// Attaches a managed policy to a role.
struct IAMRolePolicyAttachmentAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "iam.role_policy_attachment",
        role: .action,
        summary: "Attaches a managed policy to an IAM role",
        parameters: [
            .required("role", .string, "Name of the role"),
            .required("policy_arn", .string, "ARN of the managed policy"),
        ],
        effect: .convergent,
        rollback: .captured,
        undo: "whether the policy was attached; undoing attaches or detaches it",
        permissions: [
            Permission(["iam:ListAttachedRolePolicies"], on: "arn:aws:iam::*:role/${role}", mutates: false),
            Permission(
                ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
                on: "arn:aws:iam::*:role/${role}",
                mutates: true
            ),
        ],
        facts: ["policy_arn": "ARN of the policy"],
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: execution-role-policy
              do: iam.role_policy_attachment
              with:
                role: lgtm-task-execution
                policy_arn: arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy
            """
    )

    private let role: String
    private let policyARN: String

    init(_ parameters: Parameters) throws {
        role = try parameters.string("role")
        policyARN = try parameters.string("policy_arn")
    }

    func observe(_ world: World) async throws -> Value {
        let found = try await world.look("iam:ListAttachedRolePolicies \(role)", absentBy: ["NoSuchEntity"]) {
            try await world.aws.iam.allAttachedPolicies(.init(roleName: role))
        }
        return (found ?? []).contains { $0.policyArn == policyARN } ? image : .null
    }

    private var image: Value { ["role": .string(role), "policy_arn": .string(policyARN)] }

    func wanted(over before: Value) throws -> Value { image }

    func facts(of image: Value) -> [String: Value] { ["policy_arn": .string(policyARN)] }

    func summary(from: Value, to: Value) -> String {
        "\(to.isNull ? "detach" : "attach") policy `\(policyARN)` \(to.isNull ? "from" : "to") role `\(role)`"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to.isNull {
            try await world.remove("iam:DetachRolePolicy \(role) \(policyARN)", absentBy: ["NoSuchEntity"]) {
                try await world.aws.iam.detachRolePolicy(.init(roleName: role, policyArn: policyARN))
            }
        } else {
            _ = try await world.call("iam:AttachRolePolicy \(role) \(policyARN)") {
                try await world.aws.iam.attachRolePolicy(.init(roleName: role, policyArn: policyARN))
            }
        }
        return .null
    }
}
