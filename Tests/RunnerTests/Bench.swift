import MigrateCore
import Runner
import Synchronization
import TestSupport

/// A run on a model cloud, whose process can die and be started again.
struct Bench {
    let plan: Plan
    let cloud: ModelCloud
    let journal: InMemoryJournal
    let clock: StillClock

    init(
        _ steps: [PlanStep],
        losesPatience: Bool = false,
        beats: [Duration: AsyncStream<Void>] = [:],
        notices: [PlanNotice]? = nil,
        holding: Set<Duration> = [],
        beforeAppend: @escaping @Sendable (Int) throws -> Void = { _ in },
        beforeCheck: @escaping @Sendable (Int) throws -> Void = { _ in },
        atLook: @escaping @Sendable (String, InMemoryJournal) async -> Void = { _, _ in },
        atSettle: @escaping @Sendable (String, InMemoryJournal) async -> Void = { _, _ in }
    ) {
        clock = StillClock(losesPatience: losesPatience, beats: beats, holding: holding)
        let journal = InMemoryJournal(beforeAppend: beforeAppend, beforeCheck: beforeCheck)
        cloud = ModelCloud(atLook: { await atLook($0, journal) }, atSettle: { await atSettle($0, journal) })
        var plan = Plan(
            runbook: "test",
            environment: "none",
            title: LocalizedText("Test"),
            phases: [PlanPhase(id: PhaseID("phase-1"), title: LocalizedText("One"))],
            steps: steps
        )
        plan.notices = notices
        self.plan = plan
        self.journal = journal
    }

    /// Runs one process to the end of its session.
    func run(
        _ goal: RunGoal = .forward(from: nil, through: nil, only: nil),
        parallel: Int = 8,
        stop: StopWish = StopWish(),
        onIntent: @escaping @Sendable () -> Void = {},
        onNote: @escaping @Sendable (String) -> Void = { _ in },
        onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> RunState {
        let lease = try takeLease()
        let state: RunState
        if let header = try journal.latestRun() {
            state = .replay(header, entries: try journal.events(of: header.number))
        } else {
            state = RunState(header: try journal.begin(header, under: lease))
        }
        let session = Session(epoch: lease.epoch, holder: "u@h", operatorName: "u", goal: goal, parallel: parallel)
        let loop = RunLoop(journal: journal, executor: cloud, clock: clock, digest: \.text) { [cloud] progress in
            if case .event(let entry) = progress, case .change(_, .intended(let change, _)) = entry.event {
                cloud.sawIntent(change)
                onIntent()
            }
            if case .note(let step, let words) = progress { onNote("\(step): \(words)") }
            if case .event(let entry) = progress { onEvent(entry.event) }
        }
        let ended = try await loop.run(state, session: session, lease: lease, stop: stop)
        try journal.release(lease)
        return ended
    }

    /// Takes the lease as a process that finds the last holder dead.
    func takeLease() throws -> Lease {
        let claim = LeaseClaim(
            user: "u",
            host: "h",
            process: 1,
            processStart: "s",
            operation: "run",
            at: clock.now(),
            isDead: { _ in true }
        )
        return try journal.acquireLease(claim, takesOver: false)
    }

    /// State of its run before anything was done.
    func begun() -> RunState { RunState(header: header) }

    /// What its run begins with; the journal gives it its number.
    private var header: RunHeader {
        RunHeader(
            number: 0,
            plan: plan,
            digest: "d",
            source: "",
            initiator: "u",
            startedAt: clock.now(),
            toolVersion: "0"
        )
    }

    var calls: [String] { cloud.state.withLock { $0.calls } }
    var things: [String: Value] { cloud.state.withLock { $0.things } }
    var violations: [String] { cloud.state.withLock { $0.violations } }
}

extension InMemoryJournal {
    /// Whether the outcome of the call of this step is on record in the first run.
    func isOutcomeOnRecord(of step: String) -> Bool {
        let entries = try? events(of: 1)
        return entries?.contains { entry in
            guard case .change(let attempt, .applied) = entry.event else { return false }
            return attempt.step == StepID(step)
        } ?? false
    }
}

extension PlanStep {
    static func make(
        _ name: String,
        needs: [String] = [],
        effect: EffectClass = .reconcilable,
        verify: Bool = false
    ) -> PlanStep {
        var step = PlanStep(
            id: StepID(name),
            phase: PhaseID("phase-1"),
            title: LocalizedText(name),
            work: .action(
                ActionCall(kind: "thing", parameters: ["name": .string(name), "want": .string("made")], effect: effect)
            ),
            needs: needs.map { StepID($0) },
            rollback: .captured
        )
        if verify { step.verify = [ProbeCall(kind: "verify", parameters: [:], retry: .once)] }
        return step
    }

    static func look(_ name: String, kind: String = "look", needs: [String] = [], retry: RetryPolicy = .once)
        -> PlanStep
    {
        PlanStep(
            id: StepID(name),
            phase: PhaseID("phase-1"),
            title: LocalizedText(name),
            work: .probe(ProbeCall(kind: kind, parameters: [:])),
            needs: needs.map { StepID($0) },
            retry: retry
        )
    }
}
