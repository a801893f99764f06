import MigrateCore

/// The stages of a change, forward, back and home.
extension EffectWorker {
    func prepare(_ attempt: Attempt, in state: RunState) async throws -> Outcome {
        guard let step = state.step(attempt.step), let record = state.record(of: attempt.step) else {
            preconditionFailure("step \(attempt.step) is not in the plan")
        }
        var scope = state.scope(of: attempt.step, direction: attempt.direction, attempt: attempt.number)
        switch attempt.direction {
        case .forward:
            scope.left = state.imageLeft(before: attempt.step)
            try await pause(after: record.refusals, of: step.retry, in: state)
            guard case .action(let call) = step.work else { preconditionFailure("step \(step.id) is no action") }
            let finding = await executor.prepare(call, in: scope)
            return try prepared(finding, attempt, in: step.window)
        case .back:
            try await pause(after: record.refusals, of: step.retry, in: state)
            try await outlast(attempt, in: state)
            guard case .action(let call) = step.rollback else {
                return try await prepareReturn(attempt, record.owned, scope, in: state)
            }
            let finding = await executor.prepare(call, in: scope)
            // Why after: what prepares takes an edit that it sees for what is to be changed.
            if let obstacle = try await obstacle(before: attempt, record, scope, in: state) { return obstacle }
            return try prepared(finding, attempt, in: nil)
        case .home:
            if record.refusals > 0 {
                progress(.note(step.id, "bringing traffic home did not succeed; trying again"))
            }
            try await pause(after: record.refusals, of: Poller.errorRetry, in: state)
            try await outlast(attempt, in: state)
            return try await prepareReturn(attempt, state.homeward(attempt.step), scope, in: state)
        }
    }

    /// Lets some time go by after a call that came to nothing `refusals` times.
    private func pause(after refusals: Int, of retry: RetryPolicy, in state: RunState) async throws {
        if refusals > 0 { try await clock.sleep(for: retry.pause(afterTry: refusals) / state.scale) }
    }

    /// Waits for what may still be on its way, which would undo our undoing: a call without an outcome on record.
    private func outlast(_ attempt: Attempt, in state: RunState) async throws {
        if state.isUnsettled(before: attempt) { try await clock.sleep(for: Self.requestLifetime / state.scale) }
    }

    /// What keeps an action of the runbook from undoing the step: somebody changed since what it made, or nobody can say
    /// whether somebody did.
    ///
    /// Why not for a change that cannot be seen: there is nothing to compare.
    private func obstacle(
        before attempt: Attempt,
        _ record: StepRecord,
        _ scope: StepScope,
        in state: RunState
    ) async throws -> Outcome? {
        guard let owned = record.owned, owned.change.effect != .nonIdempotent else { return nil }
        let outcome = try await prepareReturn(attempt, owned, scope, in: state)
        guard case .returnPrepared(let preparation) = outcome.answer else { return nil }
        switch preparation {
        case .conflict, .unknown: return outcome
        case .alreadyThere, .change: return nil
        }
    }

    private func prepared(_ finding: Finding<Preparation>, _ attempt: Attempt, in window: String?) throws -> Outcome {
        let evidence = staged(finding.evidence, attempt.step, "prepare")
        guard case .change = finding.answer, let window else {
            return Outcome(answer: .prepared(finding.answer), evidence: evidence)
        }
        do {
            // Why not ignored when it cannot be read: a window that nobody understands must not count as open.
            guard let parsed = ChangeWindow(text: window) else { throw Problem("`\(window)` is not a change window") }
            let ruling = try parsed.ruling(at: clock.now()) { clock.offset(of: $0, at: $1) }
            return Outcome(answer: .prepared(finding.answer, window: ruling), evidence: evidence)
        } catch let error as UnknownZone {
            let problem = Problem(
                "this machine knows no time zone `\(error.name)`",
                hint: "install the package `tzdata`, or correct the step's `window`"
            )
            return Outcome(answer: .prepared(.refused(problem)), evidence: evidence)
        } catch let problem as Problem {
            return Outcome(answer: .prepared(.refused(problem)), evidence: evidence)
        }
    }

    private func prepareReturn(
        _ attempt: Attempt,
        _ owned: OwnedChange?,
        _ scope: StepScope,
        in state: RunState
    ) async throws -> Outcome {
        guard let owned else { preconditionFailure("step \(attempt.step) owns nothing to undo") }
        let finding = await executor.prepareReturn(
            of: owned.change,
            acceptable: state.acceptableImages(for: attempt),
            target: state.returnTarget(of: attempt),
            in: scope
        )
        return Outcome(
            answer: .returnPrepared(finding.answer),
            evidence: staged(finding.evidence, attempt.step, "return")
        )
    }

    func perform(_ attempt: Attempt, in state: RunState, permit: CallPermit) async throws -> Outcome {
        let change = change(of: attempt, in: state)
        let scope = state.scope(of: attempt.step, direction: attempt.direction, attempt: attempt.number)
        let allowed = state.step(attempt.step)?.timeout
        let programs = ProgramLedger(
            earlier: state.stage(of: attempt)?.program,
            allowed: allowed,
            tell: { progress(.note(attempt.step, $0)) },
            record: permit.record
        )
        if change.startsProgram == true {
            try permit.demandLease()
            // Why no limit here: whoever waits for the program stops it in time, and learns how it ended.
            let finding = await executor.perform(change, in: scope, programs: programs)
            return Outcome(
                answer: .performed(finding.answer),
                evidence: staged(finding.evidence, attempt.step, "perform")
            )
        }
        let limit = allowed ?? RetryPolicy.waiting.patience ?? .zero
        let finding: Finding<PerformOutcome>? = try await race {
            try permit.demandLease()
            return await executor.perform(change, in: scope, programs: programs)
        } against: {
            try await clock.sleep(for: limit)
            return nil
        }
        let late = PerformOutcome.unknown(
            Problem("no answer within \(limit.shortText)", hint: "raise `timeout` if it is known to take longer")
        )
        return Outcome(
            answer: .performed(finding?.answer ?? late),
            evidence: staged(finding?.evidence ?? [], attempt.step, "perform")
        )
    }

    func reconcile(_ attempt: Attempt, in state: RunState) async throws -> Outcome {
        let change = change(of: attempt, in: state)
        progress(.note(attempt.step, "outcome unknown; letting the request settle before looking"))
        try await clock.sleep(for: Self.requestLifetime / state.scale)
        let finding = await executor.reconcile(
            change,
            in: state.scope(of: attempt.step, direction: attempt.direction, attempt: attempt.number)
        )
        return Outcome(
            answer: .reconciled(finding.answer),
            evidence: staged(finding.evidence, attempt.step, "reconcile")
        )
    }

    /// Polls until the world has caught up, or the step's time is over.
    func settle(_ attempt: Attempt, in state: RunState) async throws -> Outcome {
        guard case .settling(let change, let receipt, _) = state.stage(of: attempt) else {
            preconditionFailure("attempt \(attempt) has nothing to settle")
        }
        let scope = state.scope(of: attempt.step, direction: attempt.direction, attempt: attempt.number)
        var policy = RetryPolicy.waiting
        policy.patience = state.step(attempt.step)?.timeout ?? policy.patience
        let began = clock.now()
        var tries = 0
        while true {
            let finding = await executor.settle(change, receipt: receipt, in: scope)
            try Task.checkCancellation()
            tries += 1
            let delay: Duration?
            switch finding.answer {
            case .settled, .failed, .conflict: delay = nil
            case .pending(let word):
                progress(.note(attempt.step, word))
                delay = policy.delay(afterTry: tries, elapsed: (clock.now() - began) * state.scale)
            case .unknown(let problem):
                progress(.note(attempt.step, problem.message))
                delay = policy.delay(afterTry: tries, elapsed: (clock.now() - began) * state.scale)
            }
            guard let delay else {
                return Outcome(
                    answer: .settled(finding.answer),
                    evidence: staged(finding.evidence, attempt.step, "settle")
                )
            }
            try await clock.sleep(for: delay / state.scale)
        }
    }

    private func change(of attempt: Attempt, in state: RunState) -> Change {
        guard let change = state.stage(of: attempt)?.change else {
            preconditionFailure("attempt \(attempt) has no change")
        }
        return change
    }
}
