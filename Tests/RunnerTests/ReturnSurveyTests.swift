import MigrateCore
import Synchronization
import Testing

@testable import Runner

/// What is at risk on the way back is asked for before anything is undone.
@Suite struct ReturnSurveyTests {
    @Test func actionsOfTheRunbookSayWhatWouldBeLostAndNothingIsDone() async throws {
        var flushed = PlanStep.make("flush")
        flushed.rollback = .action(
            ActionCall(kind: "model", parameters: ["name": "store", "want": "flushed"], effect: .convergent)
        )
        var unasked = PlanStep.make("other")
        unasked.rollback = .action(
            ActionCall(kind: "model", parameters: ["name": "quiet", "want": "x"], effect: .convergent)
        )
        let bench = Bench([flushed, unasked, .make("plain")])
        bench.cloud.state.withLock { $0.risks = ["store": "40 series", "plain": "a record's own"] }
        let state = try await bench.run()
        let calls = bench.calls
        let risks = await ReturnSurvey(executor: bench.cloud).risks(of: try state.rollbackSteps(.all), in: state)
        #expect(risks == [StepID("flush"): ["40 series"]])
        #expect(bench.calls == calls)
    }

    @Test func ofAStepThatOwnsNothingNobodyAsks() async throws {
        var step = PlanStep.make("flush")
        step.rollback = .action(
            ActionCall(kind: "model", parameters: ["name": "store", "want": "flushed"], effect: .convergent)
        )
        let bench = Bench([step])
        bench.cloud.state.withLock {
            $0.risks = ["store": "40 series"]
            $0.things = ["flush": "made"]
        }
        let state = try await bench.run()
        #expect(await ReturnSurvey(executor: bench.cloud).risks(of: [StepID("flush")], in: state).isEmpty)
    }
}
