import MigrateCore

/// Asking watches, in a soak and outside one.
extension EffectWorker {
    /// How often each watch is asked.
    static let watchInterval: Duration = .seconds(15)
    /// How long a watch may give no data before the wait is given up.
    static let holdLimit: Duration = .seconds(300)

    /// Asks the watches of a step until one of them fails; it never ends well by itself.
    func watch(_ id: StepID, in state: RunState) async throws -> Outcome {
        guard let step = state.step(id) else { preconditionFailure("step \(id) is not in the plan") }
        var round = WatchRound(step, worker: self, state: state)
        while true {
            let ruling = try await round.ask()
            if let breach = ruling.breach {
                return Outcome(answer: .breached(breach), evidence: staged(ruling.evidence, id, "watch"))
            }
            try await clock.sleep(for: Self.watchInterval / state.scale)
        }
    }
}

/// The watches of one step, with what they have said so far.
struct WatchRound {
    /// What came of asking all of them once.
    struct Ruling {
        /// Why the wait is over; nil while it is not.
        var breach: String?
        /// Whether one of them gave nothing to judge by.
        var isHolding = false
        /// Whether every watch that counts passed.
        var isClean = true
        /// What was seen.
        var evidence: [Evidence] = []
    }

    /// What must stay as this run left it; nil when nothing has to.
    var guarded: RecordGuard?
    private let step: PlanStep
    private let scope: StepScope
    private let worker: EffectWorker
    private var judges: [WatchJudge]

    init(_ step: PlanStep, worker: EffectWorker, state: RunState) {
        self.step = step
        self.worker = worker
        scope = state.scope(of: step.id)
        judges = step.watch.map { _ in WatchJudge(holdLimit: EffectWorker.holdLimit / state.scale) }
    }

    /// Asks all watches at once.
    mutating func ask() async throws -> Ruling {
        let findings = await asked()
        try Task.checkCancellation()
        var ruling = Ruling(evidence: findings.flatMap(\.evidence))
        let now = worker.clock.now()
        for (index, finding) in findings.enumerated() where !step.watch[index].isAdvisory {
            let kind = step.watch[index].kind
            if !finding.answer.verdict.isPass { ruling.isClean = false }
            switch judges[index].rule(on: finding.answer.verdict, at: now) {
            case .go: break
            case .hold(let reason):
                ruling.isHolding = true
                worker.progress(.note(step.id, "holding, no data from watch `\(kind)`: \(reason)"))
            case .breach(let reason): ruling.breach = ruling.breach ?? "watch `\(kind)`: \(reason)"
            }
        }
        try await look(&ruling)
        return ruling
    }

    /// Looks whether what the shift changes is still ours.
    private mutating func look(_ ruling: inout Ruling) async throws {
        guard var guarded else { return }
        let finding = await guarded.look()
        try Task.checkCancellation()
        ruling.evidence += finding.evidence
        if !finding.answer.isPass { ruling.isClean = false }
        let ruled = guarded.judge.rule(on: finding.answer, at: worker.clock.now())
        self.guarded = guarded
        switch ruled {
        case .go: break
        case .hold(let reason):
            ruling.isHolding = true
            worker.progress(.note(step.id, "holding, what the shift left cannot be looked at: \(reason)"))
        case .breach(let reason): ruling.breach = ruling.breach ?? reason
        }
    }

    private func asked() async -> [Finding<ProbeAnswer>] {
        await withTaskGroup(of: (Int, Finding<ProbeAnswer>).self) { [scope, worker] group in
            for (index, call) in step.watch.enumerated() {
                group.addTask { (index, await worker.executor.probe(call, in: scope)) }
            }
            var findings: [(Int, Finding<ProbeAnswer>)] = []
            for await finding in group { findings.append(finding) }
            return findings.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
