import MigrateCore
import Runner
import Synchronization
import Testing

/// Somebody wants a run to stop while a call is in hand.
@Suite("Stopping")
struct StopTests {
    @Test func theCallInHandIsFinishedAndNothingNewStarts() async throws {
        let bench = Bench([.make("first"), .make("second", needs: ["first"])])
        let stop = StopWish()
        let state = try await bench.run(stop: stop, onIntent: { stop.utter() })
        #expect(state.lastEnd == .stopped)
        #expect(bench.calls == ["first=\"made\""])
    }

    @Test func aCallThatDoesNotEndIsLeftOnRecordAfterTwoMinutes() async throws {
        let bench = Bench([.make("endless")], losesPatience: true)
        bench.cloud.state.withLock { $0.manners = ["endless": .endless] }
        let stop = StopWish()
        let began = bench.clock.now()
        await #expect(throws: StopOverdue(steps: [StepID("endless")])) {
            _ = try await bench.run(stop: stop, onIntent: { stop.utter() })
        }
        #expect(bench.clock.now() - began >= .seconds(120))
        #expect(try await bench.run().lastEnd == .goalReached)
        #expect(bench.calls == ["endless=\"made\""])
    }
}
