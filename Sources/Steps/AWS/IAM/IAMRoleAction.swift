import MigrateCore

/// Makes a role with its policies, each by a part of its own.
struct IAMRoleAction: CompositeKind {
    static let declaration = KindDeclaration(
        name: "iam.role",
        role: .action,
        summary: "Makes an IAM role with its inline and attached policies, one part each",
        parameters: IAMBareRoleAction.declaration.parameters + [
            .optional(
                "inline",
                .mapping,
                example: ["logs": ["Version": "2012-10-17", "Statement": []]],
                "Inline policies by name; each a mapping or JSON text"
            ),
            .optional(
                "attached",
                .list(.string),
                example: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"],
                "ARNs of managed policies"
            ),
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "each part's own: role, inline policies, attachments as found",
        reconciliation: "each part by itself",
        permissions: IAMBareRoleAction.declaration.permissions + [
            Permission(["iam:GetRolePolicy", "iam:ListAttachedRolePolicies"], on: IAMRole.resource, mutates: false),
            Permission(
                ["iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:AttachRolePolicy", "iam:DetachRolePolicy"],
                on: IAMRole.resource,
                mutates: true
            ),
        ],
        facts: IAMRole.factNames,
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: task-execution-role
              do: iam.role
              with:
                name: lgtm-task-execution
                trust:
                  Version: "2012-10-17"
                  Statement:
                    - {Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}
                attached: [arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy]
                inline:
                  secrets:
                    Version: "2012-10-17"
                    Statement:
                      - {Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*"}
            """,
        expand: { try parts(of: $0) }
    )

    private static func parts(of parameters: Value) throws -> [KindDeclaration.Part] {
        let name = parameters["name"]
        let own = (parameters.object ?? [:]).filter { $0.key != "inline" && $0.key != "attached" }
        var parts = [
            KindDeclaration.Part(
                name: "role",
                title: LocalizedText("Role \(name.interpolated)", ko: "역할 \(name.interpolated)"),
                work: .action(kind: "iam.bare_role"),
                parameters: .object(own)
            )
        ]
        for (policy, document) in (try members(parameters["inline"])).sorted(by: { $0.key < $1.key }) {
            parts.append(
                KindDeclaration.Part(
                    name: "inline-\(policy)",
                    title: LocalizedText("Inline policy \(policy)", ko: "인라인 정책 \(policy)"),
                    work: .action(kind: "iam.role_policy"),
                    parameters: ["role": name, "name": .string(policy), "policy": document]
                )
            )
        }
        for policy in try elements(parameters["attached"]) {
            let ending = policy.split(separator: "/").last.map(String.init) ?? policy
            parts.append(
                KindDeclaration.Part(
                    name: "attach-\(ending)",
                    title: LocalizedText("Attached policy \(ending)", ko: "연결된 정책 \(ending)"),
                    work: .action(kind: "iam.role_policy_attachment"),
                    parameters: ["role": name, "policy_arn": .string(policy)]
                )
            )
        }
        return parts
    }

    private static func members(_ inline: Value) throws -> [String: Value] {
        switch inline {
        case .null: return [:]
        case .object(let members): return members
        case .bool, .integer, .number, .string, .array:
            throw Diagnostics([
                Diagnostic(
                    "`inline` of `iam.role` must be a mapping known before the run, policy name to document",
                    at: nil
                )
            ])
        }
    }

    private static func elements(_ attached: Value) throws -> [String] {
        let texts = attached.isNull ? [] : attached.array?.map(\.string)
        guard let texts, !texts.contains(nil) else {
            throw Diagnostics([
                Diagnostic("`attached` of `iam.role` must be a list of ARNs known before the run", at: nil)
            ])
        }
        return texts.compactMap { $0 }
    }
}
