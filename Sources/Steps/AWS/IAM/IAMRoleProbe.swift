import AWSClient
import MigrateCore

/// Whether a role exists, trusts whom it should and has its policies.
struct IAMRoleProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "iam.role",
        role: .probe,
        summary: "An IAM role exists, trusts these principals and has these policies",
        parameters: [
            .required("name", .string, "Name of the role"),
            .optional(
                "trusts",
                .list(.string),
                "Principals that its trust policy must name, such as `ecs-tasks.amazonaws.com` or an ARN"
            ),
            .optional(
                "attached",
                .list(.string),
                example: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
                "ARNs of managed policies that must be attached"
            ),
            .optional("inline", .list(.string), example: ["secrets"], "Names of inline policies that it must have"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                ["iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
                on: IAMRole.resource,
                mutates: false
            )
        ],
        facts: IAMRole.factNames,
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: task-role-there
              probe: iam.role
              with: {name: lgtm-task, trusts: [ecs-tasks.amazonaws.com]}
            """
    )

    private let name: String
    private let trusts: [String]
    private let attached: [String]
    private let inline: [String]

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        trusts = try parameters.strings("trusts")
        attached = try parameters.strings("attached")
        inline = try parameters.strings("inline")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let role = try await IAMRole.named(name, world) else {
            return Observation(.fail("no role `\(name)`"))
        }
        var faults: [String] = []
        let trusted = PolicyDocument.principals(of: role.trust)
        let untrusted = trusts.filter { !trusted.contains($0) }
        if !untrusted.isEmpty { faults.append("it does not trust \(untrusted.joined(separator: ", "))") }
        if !attached.isEmpty {
            let found = try await world.call("iam:ListAttachedRolePolicies \(name)") {
                try await world.aws.iam.allAttachedPolicies(.init(roleName: name))
            }
            let missing = attached.filter { wanted in !found.contains { $0.policyArn == wanted } }
            if !missing.isEmpty { faults.append("not attached: \(missing.joined(separator: ", "))") }
        }
        if !inline.isEmpty {
            let found = try await world.call("iam:ListRolePolicies \(name)") {
                try await world.aws.iam.allPolicyNames(.init(roleName: name))
            }
            let missing = inline.filter { !found.contains($0) }
            if !missing.isEmpty { faults.append("no inline policy \(missing.joined(separator: ", "))") }
        }
        let verdict: Verdict =
            faults.isEmpty ? .pass("role \(role.arn)") : .fail("role `\(name)`: " + faults.joined(separator: "; "))
        return Observation(verdict, facts: role.facts)
    }
}
