import Journal
import MigrateCore
import Runner

/// Runs of the real loop over steps that do nothing.
enum LoopBench {
    /// Shape of a plan.
    enum Shape {
        /// Each step waits for the one before it.
        case sequential
        /// No step waits for another.
        case independent
    }

    /// Plan of `count` steps, in phases of a thousand; `effect` says whether the outcome of a call has a commit of its
    /// own, as it does unless the call is convergent.
    static func plan(_ shape: Shape, of effect: EffectClass, count: Int) -> Plan {
        let perPhase = 1000
        let phases = (0..<(count + perPhase - 1) / perPhase).map {
            PlanPhase(id: PhaseID("phase-\($0 + 1)"), title: LocalizedText("Phase \($0 + 1)"))
        }
        let steps = (0..<count).map { number -> PlanStep in
            let parameters: Value = ["name": .string("thing-\(number)"), "size": 3, "tags": ["team": "lgtm"]]
            var step = PlanStep(
                id: StepID("step-\(number)"),
                phase: phases[number / perPhase].id,
                title: LocalizedText("Make thing \(number)"),
                work: .action(ActionCall(kind: "thing", parameters: parameters, effect: effect)),
                rollback: .captured
            )
            if shape == .sequential, number % perPhase > 0 { step.needs = [StepID("step-\(number - 1)")] }
            return step
        }
        return Plan(
            runbook: "bench",
            environment: "none",
            title: LocalizedText("Bench"),
            phases: phases,
            steps: steps
        )
    }

    /// Carries `plan` out from beginning to end in a new journal at `path`.
    ///
    /// Throws: `BenchFault` when it does not get to its end.
    static func run(_ plan: Plan, parallel: Int, at path: String) async throws -> Cost {
        let (journal, lease) = try Workload.open(path, plan: plan)
        guard let header = try journal.latestRun() else { throw BenchFault(message: "no run") }
        let loop = RunLoop(
            journal: journal,
            executor: NoOperation(),
            clock: BenchClock(),
            digest: \.text,
            progress: { _ in }
        )
        let session = Session(
            epoch: lease.epoch,
            holder: "bench@here 1",
            operatorName: "bench",
            goal: .forward(from: nil, through: nil, only: nil),
            parallel: parallel
        )
        let start = Cost.now
        let ended = try await loop.run(RunState(header: header), session: session, lease: lease, stop: StopWish())
        let cost = start.untilNow
        guard ended.lastEnd == .goalReached else { throw BenchFault(message: "ended with \(ended.lastEnd as Any)") }
        try journal.release(lease)
        try journal.close()
        return cost
    }
}

/// A measurement that did not come about.
struct BenchFault: Error {
    var message: String
}
