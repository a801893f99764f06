import MigrateCore
import Runner
import TestSupport
import Testing

/// Steps that wait for nothing leave room for what else has its time.
@Suite("One thread")
struct OneThreadTests {
    @Test func aRequestIsHeardBetweenStepsThatWaitForNothing() async throws {
        let count = 200
        let (beats, beat) = AsyncStream<Void>.makeStream()
        let steps = (0..<count).map { PlanStep.make("step-\($0)", needs: $0 == 0 ? [] : ["step-\($0 - 1)"]) }
        let bench = Bench(steps, beats: [.milliseconds(250): beats])
        let state = try await withTaskExecutorPreference(OneThread()) {
            try await bench.run(onIntent: {
                guard bench.calls.isEmpty else { return }
                _ = try? bench.journal.insert(.pause, by: "ann", at: bench.clock.now())
                beat.yield(())
            })
        }
        #expect(state.lastEnd == .paused(.byOperator("ann")))
        #expect(bench.calls.count < count / 2)
    }
}
