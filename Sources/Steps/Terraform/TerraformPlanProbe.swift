import MigrateCore

/// Plans, keeps the plan for applying, and refuses what should not be destroyed.
struct TerraformPlanProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "terraform.plan",
        role: .probe,
        summary: "Plan, keep the plan for applying, refuse unexpected destruction",
        parameters: TerraformTool.parameters + [
            .optional("allow_destroy", .boolean, default: false, "whether the plan may destroy anything")
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        programs: TerraformTool.programs,
        permissionsBeside: TerraformTool.permissionsBeside,
        facts: [
            "summary": "what the plan does, in one line", "create": "addresses to create",
            "adopt": "addresses to adopt",
            "change": "addresses to change", "destroy": "addresses to destroy",
            "digest": "SHA-256 of all that the plan does; a plan that does the same has the same",
        ],
        source: TerraformTool.source,
        example: """
            - id: look
              probe: terraform.plan
              with: {directory: terraform/environments/prod}
            """
    )

    private let tool: TerraformTool
    private let allowsDestruction: Bool

    init(_ parameters: Parameters) throws {
        tool = try TerraformTool(parameters)
        allowsDestruction = try parameters.boolean("allow_destroy")
    }

    func ask(_ world: World) async throws -> Observation {
        try await tool.initialize(world)
        let plan = try await tool.plan(into: TerraformTool.planFile, world)
        var facts = plan.facts
        facts["digest"] = .string(world.digest(plan.effect))
        guard plan.destroyed.isEmpty || allowsDestruction else {
            return Observation(
                .fail("the plan would destroy \(plan.destroyed.joined(separator: ", ")), which is not allowed"),
                facts: facts,
                isFinal: true
            )
        }
        return Observation(.pass(plan.summary), facts: facts)
    }
}
