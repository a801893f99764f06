import MigrateCore

/// Waiting with watches.
extension EffectWorker {
    func soak(_ id: StepID, until: Timestamp, in state: RunState) async throws -> Outcome {
        guard let step = state.step(id) else { preconditionFailure("step \(id) is not in the plan") }
        var round = WatchRound(step, worker: self, state: state)
        round.guarded = RecordGuard(of: id, worker: self, state: state)
        let dropDead = state.dropDeadTime(of: step)
        var quietUntil = until
        while true {
            let ruling = try await round.ask()
            let evidence = staged(ruling.evidence, id, "watch")
            if let breach = ruling.breach { return Outcome(answer: .breached(breach), evidence: evidence) }
            let now = clock.now()
            // Why: time without data proves nothing, so it does not count as soaked.
            let pause = Self.watchInterval / state.scale
            if ruling.isHolding { quietUntil = max(quietUntil, now + pause) }
            // Why clean: an error that is tolerated on the way must not be the last word.
            if now >= quietUntil, ruling.isClean { return Outcome(answer: .soaked, evidence: evidence) }
            quietUntil = max(quietUntil, ruling.isClean ? quietUntil : now + pause)
            if let dropDead, now >= dropDead {
                let words = "the change window closes too soon after \(now.clockText) UTC for the rest and a return"
                return Outcome(answer: .breached(words), evidence: evidence)
            }
            try await clock.sleep(
                for: step.watch.isEmpty && round.guarded == nil ? quietUntil - now : min(pause, quietUntil - now)
            )
        }
    }
}
