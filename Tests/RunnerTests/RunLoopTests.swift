import MigrateCore
import Runner
import Synchronization
import TestSupport
import Testing

struct PowerCut: Error {}

@Suite("The loop on a model cloud")
struct RunLoopTests {
    private static let steps: [PlanStep] = [
        .make("network"), .make("cluster", needs: ["network"]), .make("a", needs: ["cluster"]),
        .make("b", needs: ["cluster"], effect: .token),
        .make("c", needs: ["cluster"], effect: .convergent, verify: true),
        .look("check", needs: ["a", "b", "c"]), .make("last", needs: ["check"]),
        .make("d", needs: ["last"], effect: .convergent), .make("e", needs: ["d"], effect: .convergent),
    ]

    @Test func aRunEndsWithEverythingMadeOnce() async throws {
        let bench = Bench(Self.steps)
        let state = try await bench.run()
        #expect(state.lastEnd == .goalReached)
        #expect(
            bench.calls.sorted() == ["a", "b", "c", "cluster", "d", "e", "last", "network"].map { "\($0)=\"made\"" }
        )
        #expect(bench.violations.isEmpty)
    }

    /// The journal fails at its n-th append, as when the process is killed there; the next process goes on.
    ///
    /// What looks that answer at once lead to shares an append, what others lead to does not.
    @Test(arguments: [[], ["network", "a", "b", "last"]], [false, true])
    func losingTheProcessAtAnyAppendLosesAndRepeatsNothing(programs: Set<String>, looksTakeTime: Bool) async throws {
        var survived = 0
        for cut in 1... {
            let isCut = Mutex(false)
            let bench = Bench(
                Self.steps,
                beforeAppend: { count in
                    guard count == cut else { return }
                    isCut.withLock { $0 = true }
                    throw PowerCut()
                },
                atLook: { _, _ in if looksTakeTime { await Task.yield() } },
                atSettle: { _, _ in if looksTakeTime { await Task.yield() } }
            )
            bench.cloud.state.withLock { $0.programs = programs }
            var state = try await Self.runThroughPowerCut(bench)
            if state == nil { state = try await bench.run() }
            #expect(state?.lastEnd == .goalReached, "cut at append \(cut)")
            #expect(bench.violations.isEmpty, "cut at append \(cut)")
            #expect(Set(bench.calls).count == bench.calls.count, "cut at append \(cut): \(bench.calls)")
            #expect(bench.things.count == 8, "cut at append \(cut)")
            // One call is in hand where a process ends, or one of each that go side by side.
            #expect(bench.cloud.state.withLock { $0.repeats } <= 2, "cut at append \(cut)")
            if !isCut.withLock({ $0 }) { break }
            survived += 1
        }
        #expect(survived > (looksTakeTime ? 10 : Self.steps.count))
    }

    private static func runThroughPowerCut(_ bench: Bench) async throws -> RunState? {
        do { return try await bench.run() } catch is PowerCut { return nil }
    }

    @Test(arguments: [ModelCloud.Manner.answerLost, .lost])
    func anUnknownOutcomeIsFoundOutAndNeverMadeTwice(manner: ModelCloud.Manner) async throws {
        let bench = Bench(Self.steps)
        bench.cloud.state.withLock { $0.manners = ["network": manner, "a": manner] }
        #expect(try await bench.run().lastEnd == .goalReached)
        #expect(Set(bench.calls).count == bench.calls.count)
        #expect(bench.violations.isEmpty)
    }

    @Test func aProgramIsNeverInDoubtForWantOfItsProcessWhateverItsClass() async throws {
        var isOver = false
        for cut in 1... where !isOver {
            let isCut = Mutex(false)
            let bench = Bench([.make("notice", effect: .nonIdempotent)]) { count in
                if count == cut {
                    isCut.withLock { $0 = true }
                    throw PowerCut()
                }
            }
            bench.cloud.state.withLock { $0.programs = ["notice"] }
            var state = try await Self.runThroughPowerCut(bench)
            if state == nil { state = try await bench.run() }
            #expect(state?.lastEnd == .goalReached, "cut at append \(cut)")
            #expect(bench.calls == ["notice=\"made\""], "cut at append \(cut)")
            isOver = !isCut.withLock { $0 }
            if isOver { break }
        }
    }

    @Test func aNonIdempotentCallWithoutAnswerIsLeftToAPerson() async throws {
        let bench = Bench([.make("notice", effect: .nonIdempotent)])
        bench.cloud.state.withLock { $0.manners = ["notice": .answerLost] }
        #expect(try await bench.run().lastEnd == .paused(.inDoubt(StepID("notice"))))
        #expect(bench.calls.count == 1)
    }

    @Test func aRefusalStopsWhatFollowsAndOwnsNothing() async throws {
        let bench = Bench(Self.steps)
        bench.cloud.state.withLock { $0.manners = ["cluster": .refused] }
        let state = try await bench.run()
        #expect(state.lastEnd == .paused(.failedStep(StepID("cluster"))))
        #expect(bench.calls == ["network=\"made\""])
        #expect(try state.rollbackSteps(.all) == [StepID("network")])
        #expect(try await bench.run().lastEnd == .goalReached)
    }

    @Test func forwardAndBackLeaveTheWorldAsItWas() async throws {
        let bench = Bench(Self.steps)
        bench.cloud.state.withLock { $0.things = ["network": "older", "a": "made"] }
        let forward = try await bench.run()
        let back = try await bench.run(.rollback(try forward.rollbackSteps(.all), includeKept: false))
        #expect(back.lastEnd == .rolledBack)
        #expect(bench.things.filter { !$0.value.isNull } == ["network": "older", "a": "made"])
        #expect(bench.violations.isEmpty)
    }

    @Test func somebodyElsesEditIsNeverOverwritten() async throws {
        let bench = Bench([.make("a")])
        let forward = try await bench.run()
        bench.cloud.state.withLock { $0.things["a"] = "hot-fixed" }
        let back = try await bench.run(.rollback(try forward.rollbackSteps(.all), includeKept: false))
        #expect(back.lastEnd == .paused(.conflict(StepID("a"))))
        #expect(bench.things["a"] == "hot-fixed")
    }

    @Test func aProbeIsAskedAgainOnlyAsLongAsItMayBe() async throws {
        let patient = RetryPolicy(attempts: 1, patience: .seconds(60), interval: .seconds(5), ceiling: .seconds(5))
        let bench = Bench([.look("wait", retry: patient)])
        bench.cloud.state.withLock { $0.verdicts["look"] = [.fail("no"), .fail("no"), .pass("yes")] }
        let began = bench.clock.now()
        #expect(try await bench.run().lastEnd == .goalReached)
        #expect(bench.clock.now() - began == .seconds(10))

        let impatient = Bench([.look("once")])
        impatient.cloud.state.withLock { $0.verdicts["look"] = [.fail("no"), .pass("yes")] }
        #expect(try await impatient.run().lastEnd == .paused(.failedStep(StepID("once"))))
    }

    @Test func aProbeWithoutAnswerIsAskedFiveTimesAndThenInconclusive() async throws {
        let bench = Bench([.look("deaf")])
        bench.cloud.state.withLock { $0.verdicts["look"] = [.error(Problem("no answer"))] }
        let began = bench.clock.now()
        #expect(try await bench.run().lastEnd == .paused(.inconclusive(StepID("deaf"))))
        #expect(bench.clock.now() - began == .seconds(1 + 2 + 4 + 8))
    }

    @Test func aWatchThatFailsEndsTheSoakAtOnce() async throws {
        var soak = PlanStep(
            id: StepID("soak"),
            phase: PhaseID("phase-1"),
            title: LocalizedText("soak"),
            work: .soak("10m")
        )
        soak.watch = [ProbeCall(kind: "watch", parameters: [:])]
        let bench = Bench([soak])
        bench.cloud.state.withLock { $0.verdicts["watch"] = [.pass("ok"), .pass("ok"), .fail("5xx")] }
        let began = bench.clock.now()
        #expect(try await bench.run().lastEnd == .paused(.failedStep(StepID("soak"))))
        #expect(bench.clock.now() - began == .seconds(30))
    }

    @Test func timeWithoutDataDoesNotCountAsSoaked() async throws {
        var soak = PlanStep(
            id: StepID("soak"),
            phase: PhaseID("phase-1"),
            title: LocalizedText("soak"),
            work: .soak("30s")
        )
        soak.watch = [ProbeCall(kind: "watch", parameters: [:])]
        let bench = Bench([soak])
        bench.cloud.state.withLock {
            $0.verdicts["watch"] = [
                .pass("ok"), .pass("ok"), .inconclusive("no data"), .inconclusive("no data"), .pass("ok"),
            ]
        }
        let began = bench.clock.now()
        #expect(try await bench.run().lastEnd == .goalReached)
        #expect(bench.clock.now() - began == .seconds(60))
    }

    @Test func aLostLeaseStopsTheProcess() async throws {
        let bench = Bench(Self.steps)
        let claim = LeaseClaim(
            user: "v",
            host: "i",
            process: 2,
            processStart: "t",
            operation: "takeover",
            at: bench.clock.now() + LeaseRecord.lifetime + .seconds(1),
            isDead: { _ in false }
        )
        let journal = bench.journal
        bench.cloud.state.withLock { $0.verdicts["look"] = [.pass("ok")] }
        let thief = Thief { _ = try journal.acquireLease(claim, takesOver: true) }
        await #expect(throws: LeaseLost.self) { try await Self.run(bench, robbedBy: thief) }
    }

    private static func run(_ bench: Bench, robbedBy thief: Thief) async throws {
        let lease = try bench.journal.acquireLease(
            LeaseClaim(
                user: "u",
                host: "h",
                process: 1,
                processStart: "s",
                operation: "run",
                at: bench.clock.now(),
                isDead: { _ in false }
            ),
            takesOver: false
        )
        let header = RunHeader(
            number: 0,
            plan: bench.plan,
            digest: "d",
            source: "",
            initiator: "u",
            startedAt: bench.clock.now(),
            toolVersion: "0"
        )
        let state = RunState(header: try bench.journal.begin(header, under: lease))
        let loop = RunLoop(journal: bench.journal, executor: bench.cloud, clock: bench.clock, digest: \.text) {
            progress in
            if case .event(let entry) = progress, case .change(_, .applied) = entry.event { thief.strike() }
        }
        let session = Session(
            epoch: lease.epoch,
            holder: "u@h",
            operatorName: "u",
            goal: .forward(from: nil, through: nil, only: nil)
        )
        _ = try await loop.run(state, session: session, lease: lease, stop: StopWish())
    }
}

/// Takes a lease away once.
final class Thief: Sendable {
    private let theft: Mutex<(@Sendable () throws -> Void)?>
    init(_ theft: @escaping @Sendable () throws -> Void) { self.theft = Mutex(theft) }

    func strike() {
        let once = theft.withLock { theft in
            defer { theft = nil }
            return theft
        }
        do { try once?() } catch { Issue.record(error) }
    }
}
