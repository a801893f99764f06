import AWSClient
import MigrateCore

/// Starts a pipeline and waits for its end.
struct CodePipelineStartAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "codepipeline.start",
        role: .action,
        summary: "Starts a CodePipeline pipeline and waits until its execution has succeeded",
        parameters: [
            .required("pipeline", .string, "Name of the pipeline"),
            .optional("variables", .mapping, "Values of its variables"),
            .optional("wait", .boolean, default: true, "Whether its end is waited for"),
        ],
        effect: .token,
        rollback: .none,
        permissions: [
            Permission(
                ["codepipeline:GetPipelineExecution", "codepipeline:GetPipelineState"],
                on: "arn:aws:codepipeline:*:*:${pipeline}",
                mutates: false
            ),
            Permission(
                ["codepipeline:StartPipelineExecution"],
                on: "arn:aws:codepipeline:*:*:${pipeline}",
                mutates: true
            ),
        ],
        facts: ["execution": "id of the execution", "status": "how it ended"],
        source: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StartPipelineExecution.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: release
              do: codepipeline.start
              with: {pipeline: logging, variables: {TAG: "${image_tag}"}}
              rollback: {none: the pipeline deploys what it is given; start it again with the former tag}
              timeout: 1h
            """
    )

    private let pipeline: String
    private let variables: [String: String]
    private let waits: Bool

    init(_ parameters: Parameters) throws {
        pipeline = try parameters.string("pipeline")
        variables = try parameters.textMapping("variables")
        waits = try parameters.boolean("wait")
    }

    func observe(_ world: World) async throws -> Value { .null }

    /// An execution that ended is no state of the world: the record alone tells of it.
    func observe(_ world: World, believing images: [Value]) async throws -> Value { images.first ?? .null }

    func wanted(over before: Value) throws -> Value { ["pipeline": .string(pipeline)] }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed["pipeline"] == expected["pipeline"] }

    func facts(of image: Value) -> [String: Value] { ["execution": image["execution"], "status": image["status"]] }

    func summary(from: Value, to: Value) -> String { "start pipeline `\(pipeline)`" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard !to.isNull else { throw Refusal("an execution of a pipeline cannot be taken back") }
        var input = CodePipeline.StartPipelineExecutionInput(name: pipeline)
        input.clientRequestToken = ClientToken.fitting(token, limit: 128)
        let given = variables.sorted { $0.key < $1.key }.map {
            CodePipeline.PipelineVariable(name: $0.key, value: $0.value)
        }
        input.variables = given.isEmpty ? nil : given
        let request = input
        let started = try await world.call("codepipeline:StartPipelineExecution \(pipeline)") {
            try await world.aws.codePipeline.startPipelineExecution(request)
        }
        return ["execution": .string(started.pipelineExecutionId)]
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        guard let id = receipt["execution"].string else {
            return .failed(Problem("it is not known which execution was started"))
        }
        var after: [String: Value] = ["pipeline": to["pipeline"], "execution": .string(id)]
        guard waits else { return .settled(after: .object(after), facts: facts(of: .object(after))) }
        let execution = try await world.call("codepipeline:GetPipelineExecution \(id)") {
            try await world.aws.codePipeline.getPipelineExecution(
                .init(pipelineName: pipeline, pipelineExecutionId: id)
            )
        }.pipelineExecution
        switch execution.status {
        case "Succeeded":
            after["status"] = "Succeeded"
            return .settled(after: .object(after), facts: facts(of: .object(after)))
        case "Failed", "Stopped", "Superseded", "Cancelled":
            let state = try await PipelineState.read(pipeline, world)
            let cause = state.failure.map { ": \($0)" } ?? execution.statusSummary.map { ": \($0)" } ?? ""
            return .failed(Problem("execution \(id) of `\(pipeline)` is \(execution.status ?? "")\(cause)"))
        case .some(let status): return .pending("execution \(id) is \(status)")
        case nil: return .pending("execution \(id) has no status yet")
        }
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        .unclear(
            Problem(
                "whether the pipeline was started is not known",
                hint: "issued again with its token it starts no second execution"
            ),
            found: .null
        )
    }
}
