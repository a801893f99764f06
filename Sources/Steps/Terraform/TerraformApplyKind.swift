import MigrateCore

/// Checks the variables, plans, and applies exactly that plan.
struct TerraformApplyKind: CompositeKind {
    static let declaration = KindDeclaration(
        name: "terraform.apply",
        role: .action,
        summary: "Check the variables, plan, and apply exactly that plan",
        parameters: TerraformTool.parameters + [
            .optional("allow_destroy", .boolean, default: false, "whether the plan may destroy anything")
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "each part's own",
        reconciliation: "each part by itself",
        programs: TerraformTool.programs,
        permissionsBeside: TerraformTool.permissionsBeside,
        source: TerraformTool.source,
        example: """
            - id: infrastructure
              do: terraform.apply
              with: {directory: terraform/environments/prod, var_files: [terraform.tfvars]}
            """,
        expand: { given in
            let all = given.object ?? [:]
            let tool = all.filter { $0.key != "allow_destroy" }
            return [
                .init(
                    name: "variables",
                    title: LocalizedText("Variables are filled in"),
                    work: .probe(kind: "terraform.variables"),
                    parameters: .object(tool)
                ),
                .init(
                    name: "plan",
                    title: LocalizedText("Plan is made and kept"),
                    work: .probe(kind: "terraform.plan"),
                    parameters: given
                ),
                .init(
                    name: "apply",
                    title: LocalizedText("Kept plan is applied"),
                    work: .action(kind: "terraform.saved_plan"),
                    // What was looked at is what is applied, whoever plans there in between.
                    parameters: .object(tool.merging(["digest": "${part.plan.digest}"]) { $1 })
                ),
            ]
        }
    )
}
