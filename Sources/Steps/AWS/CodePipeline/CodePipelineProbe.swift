import AWSClient
import MigrateCore

/// Whether the latest execution of every stage has succeeded.
struct CodePipelineProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "codepipeline.pipeline",
        role: .probe,
        summary: "Every stage of a CodePipeline pipeline has succeeded, all in the same execution",
        parameters: [
            .required("pipeline", .string, "Name of the pipeline"),
            .optional("execution", .string, example: "${steps.release.execution}", "Execution that it must be"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["codepipeline:GetPipelineState"], on: "arn:aws:codepipeline:*:*:${pipeline}", mutates: false)
        ],
        facts: ["stages": "status by stage", "execution": "execution of the last stage"],
        source: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GetPipelineState.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: released
              probe: codepipeline.pipeline
              with: {pipeline: logging}
              retry: {for: 1h, every: 30s}
            """
    )

    private let pipeline: String
    private let execution: String?

    init(_ parameters: Parameters) throws {
        pipeline = try parameters.string("pipeline")
        execution = try parameters.stringIfGiven("execution")
    }

    func ask(_ world: World) async throws -> Observation {
        let state: PipelineState
        do {
            state = try await PipelineState.read(pipeline, world)
        } catch let error as AWSError where error.code == "PipelineNotFoundException" {
            return Observation(.fail("no pipeline `\(pipeline)`"))
        }
        let statuses = state.stages.map {
            ($0.stageName ?? "", Value.string($0.latestExecution?.status ?? "never ran"))
        }
        let runs = Set(state.stages.compactMap { $0.latestExecution?.pipelineExecutionId })
        let facts: [String: Value] = [
            "stages": .object(Dictionary(statuses, uniquingKeysWith: { $1 })),
            "execution": state.stages.last?.latestExecution?.pipelineExecutionId.map { .string($0) } ?? .null,
        ]
        if let failure = state.failure { return Observation(.fail(failure), facts: facts, isFinal: true) }
        guard !state.stages.isEmpty else {
            return Observation(.inconclusive("`\(pipeline)` has no stages"), facts: facts)
        }
        let open = state.stages.filter { $0.latestExecution?.status != "Succeeded" }.map { $0.stageName ?? "" }
        if !open.isEmpty {
            return Observation(.fail("not yet succeeded: \(open.joined(separator: ", "))"), facts: facts)
        }
        if runs.count > 1 { return Observation(.fail("its stages are of \(runs.count) executions"), facts: facts) }
        if let execution, !runs.contains(execution) {
            return Observation(.fail("what succeeded is not execution `\(execution)`"), facts: facts)
        }
        return Observation(.pass("all \(state.stages.count) stages succeeded"), facts: facts)
    }
}
