import MigrateCore

/// Waiting with watches.
extension EffectWorker {
    /// How often each watch is asked.
    static let watchInterval: Duration = .seconds(15)
    /// How long a watch may give no data before the soak is given up.
    static let holdLimit: Duration = .seconds(300)

    func soak(_ id: StepID, until: Timestamp, in state: RunState) async throws -> Outcome {
        guard let step = state.step(id) else { preconditionFailure("step \(id) is not in the plan") }
        let scope = state.scope(of: id)
        var judges = step.watch.map { _ in WatchJudge(holdLimit: Self.holdLimit / state.scale) }
        var quietUntil = until
        var latest: [Evidence] = []
        while true {
            let findings = await ask(step.watch, in: scope)
            try Task.checkCancellation()
            latest = findings.flatMap(\.evidence)
            let now = clock.now()
            var isHolding = false
            for (index, finding) in findings.enumerated() where !step.watch[index].isAdvisory {
                switch judges[index].rule(on: finding.answer.verdict, at: now) {
                case .go: break
                case .hold(let reason):
                    isHolding = true
                    progress(.note(id, "holding, no data from watch `\(step.watch[index].kind)`: \(reason)"))
                case .breach(let reason):
                    let words = "watch `\(step.watch[index].kind)`: \(reason)"
                    return Outcome(answer: .breached(words), evidence: staged(latest, id, "watch"))
                }
            }
            // Why: time without data proves nothing, so it does not count as soaked.
            let pause = Self.watchInterval / state.scale
            if isHolding { quietUntil = max(quietUntil, now + pause) }
            guard now < quietUntil else { break }
            try await clock.sleep(for: step.watch.isEmpty ? quietUntil - now : min(pause, quietUntil - now))
        }
        return Outcome(answer: .soaked, evidence: staged(latest, id, "watch"))
    }

    private func ask(_ calls: [ProbeCall], in scope: StepScope) async -> [Finding<ProbeAnswer>] {
        await withTaskGroup(of: (Int, Finding<ProbeAnswer>).self) { group in
            for (index, call) in calls.enumerated() {
                group.addTask { (index, await executor.probe(call, in: scope)) }
            }
            var findings: [(Int, Finding<ProbeAnswer>)] = []
            for await finding in group { findings.append(finding) }
            return findings.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
