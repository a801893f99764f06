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

    private func costs(_ effect: EffectClass) async throws -> [Int] {
        let steps = [
            PlanStep.make("a", effect: effect), .make("b", needs: ["a"], effect: effect),
            .make("c", needs: ["b"], effect: effect),
        ]
        var all: [Int] = []
        for count in 1...3 { all.append(try await appends(of: Array(steps.prefix(count)))) }
        return zip(all.dropFirst(), all).map { $0 - $1 }
    }

    @Test(arguments: [(EffectClass.convergent, 1), (.reconcilable, 2), (.token, 2), (.nonIdempotent, 2)])
    func aStepAfterAnotherCostsTwoAndOneWhereItsCallIsConvergent(_ effect: EffectClass, _ cost: Int) async throws {
        #expect(try await costs(effect) == [cost, cost])
    }

    @Test func onlyTheOutcomeOfAConvergentCallIsNotDurableBeforeTheWorldIsLookedAt() async throws {
        let found = Mutex<[String: Bool]>([:])
        let bench = Bench(
            [
                .make("convergent", effect: .convergent), .make("token", effect: .token), .make("reconcilable"),
                .make("none", effect: .nonIdempotent), .make("program", effect: .convergent),
            ],
            atSettle: { name, journal in found.withLock { $0[name] = journal.isOutcomeOnRecord(of: name) } }
        )
        bench.cloud.state.withLock { $0.programs = ["program"] }
        #expect(try await bench.run(parallel: 1).lastEnd == .goalReached)
        #expect(
            found.withLock { $0 }
                == ["convergent": false, "token": true, "reconcilable": true, "none": true, "program": true]
        )
    }

    @Test func whatAnEarlyLookSaysIsToldBetweenWhatItFollowsFromAndWhatFollowsFromIt() async throws {
        var step = PlanStep.make("a", effect: .convergent)
        step.timeout = .zero
        let bench = Bench([step])
        bench.cloud.state.withLock { $0.pending = ["a": "catching up"] }
        let told = Mutex<[String]>([])
        let state = try await bench.run(
            onNote: { note in told.withLock { $0.append(note) } },
            onEvent: { event in told.withLock { $0.append(event.kind) } }
        )
        #expect(state.lastEnd == .paused(.inconclusive(StepID("a"))))
        #expect(
            told.withLock { $0 } == [
                "run.sessionStarted", "step.started", "change.intended", "change.applied", "a: catching up",
                "step.stalled", "run.sessionEnded",
            ]
        )
    }

    @Test func whatIsFoundOutAfterAWaitIsDurableBeforeAnythingElseBegins() async throws {
        let found = Mutex<Bool?>(nil)
        let bench = Bench(
            [.make("a", effect: .convergent)],
            atSettle: { name, journal in found.withLock { $0 = journal.isOutcomeOnRecord(of: name) } }
        )
        bench.cloud.state.withLock { $0.manners["a"] = .answerLost }
        #expect(try await bench.run().lastEnd == .goalReached)
        #expect(found.withLock { $0 } == true)
    }

    @Test func anOutcomeDoesNotWaitForTheLooksOfOthers() async throws {
        let found = Mutex<Bool?>(nil)
        // While "a" catches up, the others are found as they are to be, one after the other and at once.
        let chain = zip(["b", "c", "d", "e"], [[], ["b"], ["c"], ["d"]]).map { PlanStep.make($0, needs: $1) }
        let bench = Bench(
            [.make("a", effect: .convergent)] + chain,
            atLook: { name, journal in
                guard name == "e" else { return }
                found.withLock { $0 = journal.isOutcomeOnRecord(of: "a") }
            },
            atSettle: { _, _ in for _ in 1...20 { await Task.yield() } }
        )
        bench.cloud.state.withLock { $0.things = ["b": "made", "c": "made", "d": "made", "e": "made"] }
        let state = try await withTaskExecutorPreference(OneThread()) { try await bench.run() }
        #expect(state.lastEnd == .goalReached)
        #expect(found.withLock { $0 } == true)
    }

    @Test func aProbeThatPassesIsDurableBeforeTheNextIsAsked() async throws {
        let one = try await appends(of: [.look("a")])
        let two = try await appends(of: [.look("a"), .look("b", needs: ["a"])])
        #expect(two == one + 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func anOutcomeIsDurableWhileALookAfterItTakesItsTime() async throws {
        let (recorded, record) = AsyncStream<Int>.makeStream()
        let bench = Bench(
            [.make("a", effect: .convergent), .make("b", needs: ["a"])],
            beforeAppend: { record.yield($0) },
            atLook: { name, _ in
                guard name == "b" else { return }
                // Of "a": its beginning and intent. The third append is its outcome, its end and the start of "b".
                for await count in recorded where count == 3 { return }
            }
        )
        #expect(try await bench.run().lastEnd == .goalReached)
    }

    @Test(.timeLimit(.minutes(1)))
    func aLookThatTakesItsTimeKeepsNothingFromBecomingDurable() async throws {
        let (beats, beat) = AsyncStream<Void>.makeStream()
        let (recorded, record) = AsyncStream<Int>.makeStream()
        let bench = Bench(
            [.make("a"), .make("b", needs: ["a"])],
            beats: [.milliseconds(250): beats],
            beforeAppend: { record.yield($0) },
            atLook: { name, _ in
                guard name == "b" else { return }
                // The first append is the start of "a", the second, which the pulse brings, its end and the start of "b".
                beat.yield(())
                for await count in recorded where count == 2 { return }
            }
        )
        bench.cloud.state.withLock { $0.things["a"] = "made" }
        #expect(try await bench.run().lastEnd == .goalReached)
    }

    @Test(.timeLimit(.minutes(1)))
    func whatNothingFollowsWaitsForNoPulse() async throws {
        let (recorded, record) = AsyncStream<Int>.makeStream()
        let bench = Bench(
            [.make("a"), .make("b")],
            beforeAppend: { record.yield($0) },
            atLook: { name, _ in
                guard name == "a" else { return }
                // The second append is the end of "b", which is as it is to be; nothing begins by it.
                for await count in recorded where count == 2 { return }
            }
        )
        bench.cloud.state.withLock { $0.things["b"] = "made" }
        #expect(try await bench.run().lastEnd == .goalReached)
    }

    @Test func aPulseMakesDurableWhatLooksThatAnswerAtOnceLeadTo() async throws {
        let (beats, beat) = AsyncStream<Void>.makeStream()
        let appends = Mutex(0)
        let steps = (0..<200).map {
            PlanStep.make("step-\($0)", needs: $0 == 0 ? [] : ["step-\($0 - 1)"], effect: .convergent)
        }
        let bench = Bench(
            steps,
            beats: [.milliseconds(250): beats],
            beforeAppend: { count in appends.withLock { $0 = count } },
            atLook: { name, _ in if name == "step-100" { beat.yield(()) } }
        )
        // All but the first are as they are to be.
        bench.cloud.state.withLock { state in for step in steps.dropFirst() { state.things[step.id.rawValue] = "made" }
        }
        let state = try await withTaskExecutorPreference(OneThread()) { try await bench.run() }
        #expect(state.lastEnd == .goalReached)
        // The beginning, the intent of the first, the pulse, with its outcome, and the end.
        #expect(appends.withLock { $0 } == 4)
    }

    @Test func onlyWhatIsFoundAgainOrDoneAgainMayWait() throws {
        let soak = PlanStep(
            id: StepID("soak"),
            phase: PhaseID("phase-1"),
            title: LocalizedText("soak"),
            work: .soak("5m")
        )
        let bench = Bench([.make("a"), soak])
        let attempt = Attempt(step: StepID("a"), direction: .forward, number: 1)
        let notice = NoticeID("n", of: RunMoment(.done, place: 0))
        let expected: [(RunEvent, Durability)] = [
            (.run(.noticeEnded(notice, fate: .sent, head: nil)), .byNextPulse),
            (.step(StepID("a"), .started(attempt: 1)), .withNextIntent),
            (.step(StepID("a"), .succeeded), .withNextIntent),
            (.change(attempt, .settled(after: "made", summary: "", captures: [:])), .withNextIntent),
            (.change(attempt, .intended(change(.reconcilable), epoch: 1)), .atOnce),
            (.change(attempt, .outcomeUnknown(Problem("?"))), .atOnce),
            (.step(StepID("a"), .skipped(reason: "r", by: "lee")), .atOnce),
            (
                .run(.requestTaken(RunRequest(id: 1, act: .pause, by: "lee", at: Timestamp(milliseconds: 0)))),
                .atOnce
            ),
            (.run(.sessionEnded(.goalReached)), .atOnce),
            (.step(StepID("soak"), .succeeded), .atOnce),
        ]
        let state = bench.begun()
        for (event, durability) in expected { #expect(state.durability(of: event) == durability, "\(event)") }
    }

    @Test(
        arguments: [
            (EffectClass.convergent, Durability.beforeNextWait), (.token, .atOnce), (.reconcilable, .atOnce),
            (.nonIdempotent, .atOnce),
        ]
    )
    func anOutcomeMayWaitForLooksIfItsCallIsConvergent(_ effect: EffectClass, _ durability: Durability) {
        var state = Bench([.make("a", effect: effect)]).begun()
        for (direction, expected) in [(Attempt.Direction.forward, durability), (.back, .atOnce), (.home, .atOnce)] {
            let attempt = Attempt(step: StepID("a"), direction: direction, number: 1)
            let outcome = RunEvent.change(attempt, .applied(receipt: .null))
            for event in [.change(attempt, .intended(change(effect), epoch: 1)), outcome] {
                state.apply(JournalEntry(sequence: state.sequence + 1, at: Timestamp(milliseconds: 0), event: event))
            }
            #expect(state.durability(of: outcome) == expected, "\(direction)")
        }
    }

    private func change(_ effect: EffectClass) -> Change {
        Change(kind: "thing", parameters: .null, from: .null, to: "made", token: "t", effect: effect, summary: "")
    }
}
