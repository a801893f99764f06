import MigrateCore
import Synchronization
import TestSupport
import Testing

@testable import Runner

/// What must be on record before anything follows from it, when the journal fails.
@Suite("On record first")
struct OnRecordFirstTests {
    /// Runs with a journal that fails at its n-th append, for each n until it meets none, and hands over what is left.
    private func atEveryAppend(of steps: [PlanStep], programs: Set<String>, _ look: (Bench) throws -> Void) async throws
    {
        for cut in 1... {
            let isCut = Mutex(false)
            let bench = Bench(
                steps,
                beforeAppend: { count in
                    guard count == cut else { return }
                    isCut.withLock { $0 = true }
                    throw PowerCut()
                }
            )
            bench.cloud.state.withLock { $0.programs = programs }
            do { _ = try await bench.run() } catch is PowerCut {}
            try look(bench)
            if !isCut.withLock({ $0 }) { return #expect(cut > 3) }
        }
    }

    @Test func aProgramIsLetGoOnceItIsOnRecord() async throws {
        try await atEveryAppend(of: [.make("a")], programs: ["a"]) { bench in
            let isOnRecord = try bench.journal.events(of: 1).contains { entry in
                if case .change(_, .programStarted) = entry.event { true } else { false }
            }
            #expect(bench.calls.isEmpty || isOnRecord)
        }
    }

    @Test func whatAProgramLeftIsRemovedOnceItsOutcomeIsOnRecord() async throws {
        try await atEveryAppend(of: [.make("a")], programs: ["a"]) { bench in
            let isForgotten = bench.cloud.state.withLock { $0.forgotten == ["a"] }
            #expect(!isForgotten || bench.journal.isOutcomeOnRecord(of: "a"))
        }
    }

    @Test func whatIsKnownWhenTheLoopFailsIsPutOnRecordFirst() async throws {
        // Of two calls side by side the first is made; before the second the lease cannot be read.
        let bench = Bench([.make("a"), .make("b")], beforeCheck: { count in if count == 2 { throw PowerCut() } })
        await #expect(throws: PowerCut.self) {
            try await withTaskExecutorPreference(OneThread()) { try await bench.run() }
        }
        #expect(bench.calls.count == 1)
        #expect(bench.journal.isOutcomeOnRecord(of: "a"))
    }

    @Test func whatWasAskedForIsOnRecordThoughTheSessionIsRefusedForIt() async throws {
        let bench = Bench([.make("a")])
        _ = try await bench.run(.answer)
        _ = try bench.journal.insert(.cancel(reason: "enough"), by: "lee", at: bench.clock.now())
        await #expect(throws: RunRefusal.canceled) { try await bench.run() }
        let state = RunState.replay(
            try #require(try bench.journal.latestRun()),
            entries: try bench.journal.events(of: 1)
        )
        #expect(state.isCanceled)
    }
}
