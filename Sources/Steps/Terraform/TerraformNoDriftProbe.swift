import MigrateCore

/// Checks that a plan would change nothing.
struct TerraformNoDriftProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "terraform.no_drift",
        role: .probe,
        summary: "Check that Terraform would change nothing",
        parameters: TerraformTool.parameters,
        effect: .readOnly,
        rollback: .notNeeded,
        programs: TerraformTool.programs,
        permissionsBeside: TerraformTool.permissionsBeside,
        facts: ["summary": "what a plan would do, in one line"],
        source: TerraformTool.source,
        example: """
            - id: no-drift
              probe: terraform.no_drift
              with: {directory: terraform/environments/prod}
            """
    )

    private let tool: TerraformTool

    init(_ parameters: Parameters) throws { tool = try TerraformTool(parameters) }

    func ask(_ world: World) async throws -> Observation {
        try await tool.initialize(world)
        guard let summary = try await tool.changesLeft(world) else {
            return Observation(.pass("no changes"), facts: ["summary": "no changes"])
        }
        return Observation(.fail(summary), facts: ["summary": .string(summary)])
    }
}
