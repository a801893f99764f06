import MigrateCore
import Runner
import Synchronization
import TestSupport
import Testing

@Suite("What one process leaves to the next")
struct TakeoverTests {
    /// Loses the process at its append `count`, which nothing of is written.
    private static func cut(_ steps: [PlanStep], at count: Int) async throws -> Bench {
        let bench = Bench(steps) { if $0 == count { throw PowerCut() } }
        await #expect(throws: PowerCut.self) { try await bench.run() }
        return bench
    }

    @Test func aProcessThatLostItsLeaseMakesNoCall() async throws {
        let bench = Bench([.make("a")])
        await #expect(throws: LeaseLost.self) {
            try await bench.run(onIntent: {
                do { _ = try bench.takeLease() } catch { Issue.record(error) }
            })
        }
        #expect(bench.calls == [])
    }

    @Test func whatWasAskedOfADeadProcessIsTakenBetweenTheSessions() async throws {
        // Begin and start, then the intent; the outcome is lost.
        let bench = try await Self.cut([.make("a"), .make("b")], at: 3)
        _ = try bench.journal.insert(.retry(StepID("b")), by: "ann", at: bench.clock.now())
        let left = try bench.journal.events(of: 1).count
        #expect(try await bench.run().lastEnd == .goalReached)
        let facts = try bench.journal.events(of: 1).dropFirst(left).prefix(3).map(\.event.kind)
        #expect(facts == ["run.sessionEnded", "run.requestRefused", "run.sessionStarted"])
        #expect(bench.calls.sorted() == ["a=\"made\"", "b=\"made\""])
    }

    @Test func anActionThatUndoesLeavesAnothersEditAlone() async throws {
        var step = PlanStep.make("a")
        step.rollback = .action(
            ActionCall(kind: "thing", parameters: ["name": "a", "want": .null], effect: .reconcilable)
        )
        let bench = Bench([step])
        let forward = try await bench.run()
        bench.cloud.state.withLock { $0.things["a"] = "hot-fixed" }
        let back = try await bench.run(.rollback(try forward.rollbackSteps(.all), includeKept: false))
        #expect(back.lastEnd == .paused(.conflict(StepID("a"))))
        #expect(bench.things["a"] == "hot-fixed")
    }

    @Test func trafficOnItsWayHomeWaitsForACallThatMayStillArrive() async throws {
        let parts: [(String, KindDeclaration.TrafficRole)] = [("convert", .home), ("w100", .away)]
        let steps = parts.map { name, traffic -> PlanStep in
            var part = PlanStep.make("shift/\(name)", needs: traffic == .away ? ["shift/convert"] : [])
            part.composite = StepID("shift")
            part.traffic = traffic
            return part
        }
        let bench = Bench(steps)
        let intents = Counter()
        await #expect(throws: LeaseLost.self) {
            try await bench.run(onIntent: {
                guard intents.next() == 2 else { return }
                do { _ = try bench.takeLease() } catch { Issue.record(error) }
            })
        }
        let began = bench.clock.now()
        let wanted = [StepID("shift/w100"), StepID("shift/convert")]
        _ = try await bench.run(.rollback(wanted, includeKept: false))
        #expect(bench.clock.now() - began >= .seconds(30))
    }
}
