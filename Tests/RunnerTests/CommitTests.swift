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

    @Test func aStepAfterAnotherCostsOneWhereItsLooksAnswerAtOnce() async throws {
        for effect in [EffectClass.reconcilable, .token, .convergent] {
            #expect(try await costs(effect) == [1, 1], "\(effect)")
        }
    }

    @Test func aStepCostsTwoWhereNobodyCanLookForItsCall() async throws {
        #expect(try await costs(.nonIdempotent) == [2, 2])
    }

    @Test func anOutcomeOfAProgramOrThatNobodyCanLookForIsDurableBeforeTheWorldIsLookedAt() async throws {
        let bench = Mutex<Bench?>(nil)
        let found = Mutex<[String: Bool]>([:])
        let steps = [
            PlanStep.make("a"), .make("b", needs: ["a"], effect: .nonIdempotent), .make("program", needs: ["b"]),
        ]
        let world = Bench(
            steps,
            atSettle: { name in
                guard let bench = bench.withLock({ $0 }) else { return }
                found.withLock { $0[name] = bench.isOutcomeOnRecord(of: name) }
            }
        )
        world.cloud.state.withLock { $0.programs = ["program"] }
        bench.withLock { $0 = world }
        #expect(try await world.run().lastEnd == .goalReached)
        // Of "a" it is not: its look began ahead of the append.
        #expect(found.withLock { $0 } == ["a": false, "b": true, "program": true])
    }

    @Test func whatAnEarlyLookSaysIsToldAfterWhatItFollowsFrom() async throws {
        let bench = Bench([.make("a")])
        bench.cloud.state.withLock { $0.pending = ["a": "catching up"] }
        let told = Mutex<[String]>([])
        let state = try await bench.run(onNote: { note in
            told.withLock { $0.append("\(note), \(bench.isOutcomeOnRecord(of: "a"))") }
        })
        #expect(state.lastEnd == .goalReached)
        #expect(told.withLock { $0 } == ["a: catching up, true"])
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
            [.make("a"), .make("b", needs: ["a"])],
            beforeAppend: { record.yield($0) },
            atLook: { name in
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
            atLook: { name in
                guard name == "b" else { return }
                // The first append is the start of "a", the second, which the pulse brings, its end and the start of "b".
                beat.yield(())
                for await count in recorded where count == 2 { return }
            }
        )
        bench.cloud.state.withLock { $0.things["a"] = "made" }
        #expect(try await bench.run().lastEnd == .goalReached)
    }

    @Test func onlyWhatACrashTakesWithoutHarmMayWait() throws {
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
            (EffectClass.token, Durability.beforeNextWait), (.convergent, .beforeNextWait),
            (.reconcilable, .beforeNextWait), (.nonIdempotent, .atOnce),
        ]
    )
    func anOutcomeMayWaitForLooksIfItsCallCanBeLookedFor(_ effect: EffectClass, _ durability: Durability) {
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
