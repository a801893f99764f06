import MigrateCore

/// Checks that the files of variables are there and filled in.
struct TerraformVariablesProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "terraform.variables",
        role: .probe,
        summary: "Check that files of variables are there and filled in",
        parameters: TerraformTool.parameters + [
            .optional(
                "placeholders",
                .list(.string),
                default: ["CHANGE_ME"],
                example: ["CHANGEME"],
                "texts that stand for what is not filled in"
            )
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        source: "https://developer.hashicorp.com/terraform/language/values/variables, read 2026-11-21",
        example: """
            - id: tfvars
              probe: terraform.variables
              with: {directory: terraform/environments/prod, var_files: [terraform.tfvars]}
            """
    )

    private let tool: TerraformTool
    private let placeholders: [String]

    init(_ parameters: Parameters) throws {
        tool = try TerraformTool(parameters)
        placeholders = try parameters.strings("placeholders")
    }

    func ask(_ world: World) async throws -> Observation {
        guard await world.files.exists(tool.directory) else {
            return Observation(.fail("there is no directory `\(tool.directory)`"))
        }
        for file in tool.variableFiles {
            let path = file.hasPrefix("/") ? file : "\(tool.directory)/\(file)"
            guard await world.files.exists(path) else { return Observation(.fail("there is no file `\(path)`")) }
            let text = String(decoding: try await world.files.read(path), as: UTF8.self)
            if text.allSatisfy(\.isWhitespace) { return Observation(.fail("file `\(path)` is empty")) }
            if let found = placeholders.first(where: { text.contains($0) }) {
                return Observation(.fail("file `\(path)` still holds `\(found)`"))
            }
        }
        return Observation(.pass("\(tool.variableFiles.count) files of variables are filled in"))
    }
}
