import MigrateCore
import Synchronization
import Testing

@testable import Runner

/// What becomes durable when.
@Suite("Commits")
struct CommitTests {
    private func appends(of steps: [PlanStep]) async throws -> Int {
        let appends = Mutex(0)
        let bench = Bench(steps) { count in appends.withLock { $0 = count } }
        #expect(try await bench.run().lastEnd == .goalReached)
        #expect(bench.violations.isEmpty)
        return appends.withLock { $0 }
    }

    @Test func aStepAfterAnotherCostsTwo() async throws {
        let steps = [PlanStep.make("a"), .make("b", needs: ["a"]), .make("c", needs: ["b"])]
        let one = try await appends(of: Array(steps.prefix(1)))
        let two = try await appends(of: Array(steps.prefix(2)))
        let three = try await appends(of: steps)
        #expect([two, three] == [one + 2, one + 4])
    }

    @Test func aProbeThatPassesIsDurableBeforeTheNextIsAsked() async throws {
        let one = try await appends(of: [.look("a")])
        let two = try await appends(of: [.look("a"), .look("b", needs: ["a"])])
        #expect(two == one + 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func aLookThatTakesItsTimeKeepsNothingFromBecomingDurable() async throws {
        let (beats, beat) = AsyncStream<Void>.makeStream()
        let (recorded, record) = AsyncStream<Int>.makeStream()
        let bench = Bench(
            [.make("a"), .make("b", needs: ["a"])],
            beats: [.milliseconds(250): beats],
            beforeAppend: { record.yield($0) },
            atLook: { name in
                guard name == "b" else { return }
                // Of "a": its beginning, intent and outcome. The fourth append is its end and the start of "b".
                beat.yield(())
                for await count in recorded where count == 4 { return }
            }
        )
        #expect(try await bench.run().lastEnd == .goalReached)
    }

    @Test func onlyWhatLookingFindsAgainMayWait() throws {
        let soak = PlanStep(
            id: StepID("soak"),
            phase: PhaseID("phase-1"),
            title: LocalizedText("soak"),
            work: .soak("5m")
        )
        let bench = Bench([.make("a"), soak])
        let header = RunHeader(
            number: 1,
            plan: bench.plan,
            digest: "d",
            source: "",
            initiator: "u",
            startedAt: Timestamp(milliseconds: 0),
            toolVersion: "0"
        )
        let state = RunState(header: header)
        let attempt = Attempt(step: StepID("a"), direction: .forward, number: 1)
        let change = Change(
            kind: "thing",
            parameters: .null,
            from: .null,
            to: "made",
            token: "t",
            effect: .reconcilable,
            summary: ""
        )
        let waiting: [RunEvent] = [
            .step(StepID("a"), .started(attempt: 1)), .step(StepID("a"), .succeeded),
            .change(attempt, .settled(after: "made", summary: "", captures: [:])),
        ]
        let urgent: [RunEvent] = [
            .change(attempt, .intended(change, epoch: 1)), .change(attempt, .applied(receipt: .null)),
            .change(attempt, .outcomeUnknown(Problem("?"))), .step(StepID("a"), .skipped(reason: "r", by: "lee")),
            .run(.requestTaken(RunRequest(id: 1, act: .pause, by: "lee", at: Timestamp(milliseconds: 0)))),
            .run(.sessionEnded(.goalReached)), .step(StepID("soak"), .succeeded),
        ]
        #expect(waiting.filter { !state.isFoundAgain($0) }.isEmpty)
        #expect(urgent.filter { state.isFoundAgain($0) }.isEmpty)
    }
}
