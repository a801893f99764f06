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
        let files = tool.variableFiles.map { "-var-file=\($0)" }
        let words = ["plan", "-input=false", "-no-color", "-lock=false", "-detailed-exitcode"]
        let result = try await tool.run(words + files, world)
        let said = result.text.split(whereSeparator: \.isNewline).last { $0.contains("Plan:") }.map(String.init)
        switch result.termination {
        case .exited(0): return Observation(.pass("no changes"), facts: ["summary": "no changes"])
        case .exited(2):
            let summary = said ?? "there are changes"
            return Observation(.fail(summary), facts: ["summary": .string(summary)])
        case .exited, .signaled: throw TerraformTool.problem("terraform plan", result)
        }
    }
}
