import MigrateCore

/// Scales a service: its limits, then each policy.
struct AutoScalingTargetAction: CompositeKind {
    static let declaration = KindDeclaration(
        name: "autoscaling.target",
        role: .action,
        summary: "Scales an ECS service: limits, and policies that hold a metric at a value",
        parameters: ScalableService.parameters + [
            .required("min", .integer, unit: "tasks", "Fewest tasks"),
            .required("max", .integer, unit: "tasks", "Most tasks"),
            .optional(
                "policies",
                .mapping,
                "Parameters of `autoscaling.policy` by the policy's name, such as `{cpu: {metric: cpu, value: 70}}`"
            ),
        ],
        effect: .convergent,
        rollback: .captured,
        undo: "each part's own: limits and policies as found",
        permissions: AutoScalingLimitsAction.declaration.permissions
            + AutoScalingPolicyAction.declaration.permissions,
        facts: AutoScalingLimitsAction.declaration.facts,
        source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: order-scaling
              do: autoscaling.target
              with:
                cluster: market
                service: order
                min: 4
                max: 20
                policies: {cpu: {metric: cpu, value: 70}, memory: {metric: memory, value: 80}}
            """,
        expand: { try parts(of: $0) }
    )

    private static func parts(of given: Value) throws -> [KindDeclaration.Part] {
        let own: Value = [
            "cluster": given["cluster"], "service": given["service"], "min": given["min"], "max": given["max"],
        ]
        var parts = [
            KindDeclaration.Part(
                name: "limits",
                title: LocalizedText(
                    "\(given["min"].text) to \(given["max"].text) tasks",
                    ko: "태스크 \(given["min"].text)~\(given["max"].text)개"
                ),
                work: .action(kind: "autoscaling.limits"),
                parameters: own
            )
        ]
        let policies: [String: Value]
        switch given["policies"] {
        case .null: policies = [:]
        case .object(let members): policies = members
        case .bool, .integer, .number, .string, .array:
            throw Diagnostics([
                Diagnostic("`policies` must be a mapping known before the run, name to parameters", at: nil)
            ])
        }
        for (name, policy) in policies.sorted(by: { $0.key < $1.key }) {
            guard case .object(var members) = policy else {
                throw Diagnostics([Diagnostic("policy `\(name)` must be a mapping", at: nil)])
            }
            members["cluster"] = given["cluster"]
            members["service"] = given["service"]
            members["name"] = .string(name)
            parts.append(
                KindDeclaration.Part(
                    name: "policy-\(name)",
                    title: LocalizedText("Scaling policy \(name)", ko: "확장 정책 \(name)"),
                    work: .action(kind: "autoscaling.policy"),
                    parameters: .object(members)
                )
            )
        }
        return parts
    }
}
