import AWSClient
import MigrateCore

/// The stages of a pipeline as they are.
struct PipelineState: Sendable {
    /// Stages, first to last.
    var stages: [CodePipeline.StageState]

    /// State of `pipeline`.
    ///
    /// Throws: as `World.call`.
    static func read(_ pipeline: String, _ world: World) async throws -> PipelineState {
        let found = try await world.call("codepipeline:GetPipelineState \(pipeline)") {
            try await world.aws.codePipeline.getPipelineState(.init(name: pipeline))
        }
        return PipelineState(stages: found.stageStates ?? [])
    }

    /// First stage and action that failed, with its words; nil when none did.
    var failure: String? {
        for stage in stages {
            for action in stage.actionStates ?? [] where action.latestExecution?.status == "Failed" {
                let run = action.latestExecution
                let words = run?.errorDetails?.message ?? run?.summary ?? "no reason given"
                return "stage `\(stage.stageName ?? "")`, action `\(action.actionName ?? "")`: \(words)"
            }
        }
        return nil
    }
}
