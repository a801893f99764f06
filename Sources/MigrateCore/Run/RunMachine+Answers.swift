/// What an effect's end leads to.
extension RunMachine {
    func respond(to answer: EffectAnswer, of effect: RunEffect, at now: Timestamp) -> [RunEvent] {
        switch (effect, answer) {
        case (.condition(let id, _), .condition(let verdict)): return decided(verdict, id, at: now)
        case (.probe(let id, _), .probe(let answer)): return probed(answer, id)
        case (.verify(let id, _), .probe(let answer)): return verified(answer, id)
        case (.soak(let id, _, _), .soaked): return over(id, "waited")
        case (.soak(let id, _, _), .breached(let reason)):
            return failed(id, StepFailure(.failed, Problem(reason)))
        case (.watch(let id, _), .breached(let reason)): return breached(id, reason)
        case (.deadline(let id, _, _), .timeUp): return timeUp(id)
        case (.phaseDeadline(let phase, _), .timeUp): return [.run(.halted(.paused(.phaseTimedOut(phase))))]
        case (.survey(let id, _, _), .surveyed(let subject)): return surveyed(subject, id)
        case (.prepare(let attempt), .prepared(let preparation, let window)):
            return prepared(preparation, attempt, in: window, at: now)
        case (.prepare(let attempt), .returnPrepared(let preparation)): return prepared(preparation, attempt)
        case (.perform(let attempt), .performed(let outcome)): return performed(outcome, attempt)
        case (.reconcile(let attempt), .reconciled(let finding)): return reconciled(finding, attempt)
        case (.settle(let attempt), .settled(let settlement)): return settled(settlement, attempt)
        case (.requirement(let phase, _), .requirement(let finding)): return checked(phase, finding)
        case (.condition, _), (.probe, _), (.verify, _), (.soak, _), (.watch, _), (.deadline, _), (.survey, _),
            (.prepare, _), (.perform, _), (.reconcile, _), (.settle, _), (.requirement, _), (.phaseDeadline, _):
            preconditionFailure("the runner answered \(effect) with an answer of another effect")
        }
    }

    private func decided(_ verdict: Verdict, _ id: StepID, at now: Timestamp) -> [RunEvent] {
        switch verdict {
        case .pass:
            [.step(id, .conditionHeld)]
                + (state.places.steps[id].map { waitEvents(of: $0, at: now, scale: state.scale) } ?? [])
        case .fail(let seen): [.step(id, .skipped(reason: seen, by: nil))]
        case .error(let problem): [.step(id, .failed(StepFailure(.inconclusive, problem)))]
        case .inconclusive(let seen): [.step(id, .failed(StepFailure(.inconclusive, Problem(seen))))]
        }
    }

    private func probed(_ answer: ProbeAnswer, _ id: StepID) -> [RunEvent] {
        guard let step = state.step(id) else { return [] }
        if let failure = answer.verdict.failure { return failed(id, failure) }
        let passed = RunEvent.step(id, .probed(summary: answer.verdict.summary, captures: answer.captures))
        return step.verify.isEmpty ? [passed, .step(id, .succeeded)] : [passed]
    }

    /// A wait is over: good, unless probes beside it have a say.
    func over(_ id: StepID, _ summary: String) -> [RunEvent] {
        guard let step = state.step(id), !step.verify.isEmpty else { return [.step(id, .succeeded)] }
        return [.step(id, .probed(summary: summary, captures: [:]))]
    }

    private func verified(_ answer: ProbeAnswer, _ id: StepID) -> [RunEvent] {
        if let failure = answer.verdict.failure { return failed(id, failure) }
        return [.step(id, .succeeded)]
    }

    /// A watch outside a soak failed: of a step that waits, or of traffic that is away.
    private func breached(_ id: StepID, _ reason: String) -> [RunEvent] {
        guard let index = state.places.steps[id], let step = state.step(id) else { return [] }
        if state.active.contains(index) { return failed(id, StepFailure(.failed, Problem(reason))) }
        guard step.onFailure == .backOut, !state.isPastReturn else {
            return [.run(.halted(.paused(.watch(id, reason))))]
        }
        return [.run(.backOutStarted(reason: reason, by: nil))]
    }

    private func timeUp(_ id: StepID) -> [RunEvent] {
        if case .waitingWindow = state.record(of: id)?.state { return [.step(id, .windowOpened(until: nil))] }
        return [.step(id, .failed(StepFailure(.timedOut, Problem("nobody approved in time"))))]
    }

    /// What an approval covers: shown to people first, and compared once enough of them have agreed.
    private func surveyed(_ subject: ApprovalSubject, _ id: StepID) -> [RunEvent] {
        guard let shown = state.record(of: id)?.subject else { return [.step(id, .surveyed(subject))] }
        guard let difference = shown.difference(from: subject) else { return over(id, "approved") }
        return [
            .step(id, .approvalsDropped(reason: "changed since it was shown: \(difference)")),
            .step(id, .surveyed(subject)),
        ]
    }

    /// A failure, and what the step says it leads to.
    func failed(_ id: StepID, _ failure: StepFailure) -> [RunEvent] {
        switch state.step(id)?.onFailure ?? .pause {
        case .pause: return [.step(id, .failed(failure))]
        case .continue:
            let reason = "advisory, went on: \(failure.problem.message)"
            return [.step(id, .skipped(reason: reason, by: nil))]
        case .backOut:
            let events: [RunEvent] = [.step(id, .failed(failure))]
            guard state.isTrafficAway, state.backOut == nil, !state.isPastReturn else { return events }
            return events + [.run(.backOutStarted(reason: "\(id): \(failure.problem.message)", by: nil))]
        }
    }

    private func prepared(
        _ preparation: Preparation,
        _ attempt: Attempt,
        in window: WindowRuling?,
        at now: Timestamp
    ) -> [RunEvent] {
        switch preparation {
        case .alreadySatisfied(let seen, let captures):
            guard attempt.direction == .forward else { return [.change(attempt, .returnNotNeeded(summary: seen))] }
            return [.step(attempt.step, .foundSatisfied(summary: seen, captures: captures))]
        case .change(let change):
            if let objection = objection(to: change, by: attempt) { return objection }
            guard let window, let index = state.places.steps[attempt.step] else { return intend(change, attempt) }
            if let refusal = refusal(by: window, of: index, at: now) { return refusal }
            return [.step(attempt.step, .windowOpened(until: window.openUntil))] + intend(change, attempt)
        case .refused(let problem):
            guard attempt.direction == .forward else { return [.change(attempt, .returnFailed(problem))] }
            return failed(attempt.step, StepFailure(.failed, problem))
        case .conflict(let expected, let found): return [conflict(attempt, expected: expected, found: found)]
        case .unknown(let problem):
            guard attempt.direction == .forward else { return [.change(attempt, .returnFailed(problem))] }
            return failed(attempt.step, StepFailure(.inconclusive, problem))
        }
    }

    private func conflict(_ attempt: Attempt, expected: Value, found: Value, byHand: String? = nil) -> RunEvent {
        let before = state.imageBefore(attempt.step)
        return .change(attempt, .conflicted(expected: expected, found: found, before: before, byHand: byHand))
    }

    private func prepared(_ preparation: ReturnPreparation, _ attempt: Attempt) -> [RunEvent] {
        switch preparation {
        case .alreadyThere(let seen): [.change(attempt, .returnNotNeeded(summary: seen))]
        case .change(let change): intend(change, attempt)
        case .conflict(let expected, let found, let byHand):
            [conflict(attempt, expected: expected, found: found, byHand: byHand)]
        case .unknown(let problem):
            [.change(attempt, mayAskAgain(attempt) ? .returnDelayed(problem) : .returnFailed(problem))]
        }
    }

    /// Whether a return of traffic is tried again after it came to nothing.
    ///
    /// Why so patient: what makes the watches fail may make the first tries fail too, and nothing is gained by giving
    /// up while traffic is away. A person who wants to stop is heard.
    private func mayAskAgain(_ attempt: Attempt) -> Bool {
        guard attempt.direction == .home, state.halting != .stopped, !state.isReleased else { return false }
        return (state.record(of: attempt.step)?.refusals ?? 0) < Self.homewardTries
    }

    /// Tries of a return of traffic: half an hour, at up to 20 s between two of them.
    private static let homewardTries = 95

    /// Whether a call that was throttled, and so did nothing, is made again.
    ///
    /// Why oftener than the step may fail: nothing is known to be wrong with it, and traffic may be away meanwhile.
    private func mayBeThrottledAgain(_ attempt: Attempt) -> Bool {
        guard attempt.direction != .home else { return mayAskAgain(attempt) }
        let refusals = (state.record(of: attempt.step)?.refusals ?? 0) + 1
        return goesOn(attempt.step, afterRefusals: refusals, atLeast: Self.idleCallsAllowed)
    }

    private func intend(_ change: Change, _ attempt: Attempt) -> [RunEvent] {
        [.change(attempt, .intended(change, epoch: state.session?.epoch ?? 0))]
    }

    private func performed(_ outcome: PerformOutcome, _ attempt: Attempt) -> [RunEvent] {
        switch outcome {
        case .applied(let receipt): return [.change(attempt, .applied(receipt: receipt))]
        case .notApplied(let problem, let isTransient):
            // Why unknown: what was refused is the repetition, and the call of the process before may have been made.
            if isRepetition(attempt) { return refusedRepetition(of: attempt, problem) }
            let refused = RunEvent.change(attempt, .notApplied(problem))
            let again = isTransient && mayBeThrottledAgain(attempt)
            guard attempt.direction == .forward else {
                return [again ? refused : .change(attempt, .returnFailed(problem))]
            }
            // Why: the program of an earlier process, waited for before its step is undone, failed and left nothing.
            if case .rollback = state.session?.goal { return [refused] }
            return again ? [refused] : [refused] + failed(attempt.step, StepFailure(.failed, problem))
        case .unknown(let problem):
            let unknown = RunEvent.change(attempt, .outcomeUnknown(problem))
            let isHopeless = state.stage(of: attempt)?.change?.effect == .nonIdempotent
            return isHopeless ? [unknown, .change(attempt, .inDoubt(problem))] : [unknown]
        case .unclear(let problem):
            return [.change(attempt, .outcomeUnknown(problem)), .change(attempt, .inDoubt(problem))]
        case .notBegun: return [.change(attempt, .foundNotApplied)]
        }
    }

    /// What a refusal of a repeated call leads to: it is looked for; one by token waits for the next session, which
    /// issues it again.
    private func refusedRepetition(of attempt: Attempt, _ problem: Problem) -> [RunEvent] {
        guard isForward, state.stage(of: attempt)?.change?.effect == .token else {
            return [.change(attempt, .outcomeUnknown(problem))]
        }
        return [.step(attempt.step, .stalled(problem))]
    }

    /// Whether the call of `attempt` was made, or may have been, by an earlier process, and is made once more.
    private func isRepetition(_ attempt: Attempt) -> Bool {
        guard case .performing(_, let epoch, nil) = state.stage(of: attempt) else { return false }
        return epoch != state.session?.epoch
    }

    private func reconciled(_ finding: Reconciliation, _ attempt: Attempt) -> [RunEvent] {
        switch finding {
        case .applied(let receipt): [.change(attempt, .applied(receipt: receipt))]
        // Why cancelled on the way back: it may have happened, so that it stays owned and is undone.
        case .repeatable where !isForward && attempt.direction == .forward: [.step(attempt.step, .canceled)]
        case .notApplied, .repeatable: [.change(attempt, .foundNotApplied)] + exhaustion(of: attempt)
        case .unclear(let problem, let found):
            [.change(attempt, .inDoubt(Problem("\(problem.message); found \(found.text)", hint: problem.hint)))]
        // Why in doubt: what cannot be looked at must not hold up the return of something else.
        case .unknown(let problem) where isBesideReturn(attempt): [.change(attempt, .inDoubt(problem))]
        case .unknown(let problem): [.step(attempt.step, .stalled(problem))]
        }
    }

    /// Whether `attempt` goes forward, left by an earlier process, while a rollback undoes nothing about it.
    private func isBesideReturn(_ attempt: Attempt) -> Bool {
        guard attempt.direction == .forward, let index = state.places.steps[attempt.step] else { return false }
        return !state.isDoubtInTheWay(of: index)
    }

    /// A failure, when a change has come to nothing as often as its step allows; none for traffic on its way home.
    ///
    /// Why a program of ours only as often as it says: it ended without success by itself, and would do so again. One
    /// that an earlier process started may have been killed with it.
    private func exhaustion(of attempt: Attempt) -> [RunEvent] {
        guard attempt.direction == .back || isForward && attempt.direction == .forward,
            let record = state.record(of: attempt.step)
        else { return [] }
        let stage = state.stage(of: attempt)
        let isOurProgram = stage?.change?.startsProgram == true && stage?.epoch == state.session?.epoch
        let atLeast = isOurProgram ? 1 : Self.idleCallsAllowed
        guard !goesOn(attempt.step, afterRefusals: record.refusals + 1, atLeast: atLeast) else { return [] }
        let last = record.note.map { ": \($0)" } ?? ""
        let problem = Problem("it was tried and did not happen\(last)")
        guard attempt.direction == .forward else { return [.change(attempt, .returnFailed(problem))] }
        return failed(attempt.step, StepFailure(.failed, problem))
    }

    /// Whether a change is made again after it came to nothing `refusals` times: as often as its step says, and
    /// `atLeast` times in all.
    private func goesOn(_ step: StepID, afterRefusals refusals: Int, atLeast: Int) -> Bool {
        refusals < atLeast || state.step(step)?.retry.goesOn(afterTries: refusals) ?? false
    }

    /// Calls that did nothing (throttled, or lost on the way) before a step fails; as AWS's standard mode counts.
    private static let idleCallsAllowed = 3

    private func settled(_ settlement: Settlement, _ attempt: Attempt) -> [RunEvent] {
        switch settlement {
        case .settled(let after, let captures):
            let summary = state.stage(of: attempt)?.change?.summary ?? ""
            return [.change(attempt, .settled(after: after, summary: summary, captures: captures))]
        case .pending(let progress): return [.step(attempt.step, .stalled(Problem(progress)))]
        case .unknown(let problem): return [.step(attempt.step, .stalled(problem))]
        case .conflict(let found):
            return [conflict(attempt, expected: state.stage(of: attempt)?.change?.to ?? .null, found: found)]
        case .failed(let problem):
            guard attempt.direction == .forward else { return [.change(attempt, .returnFailed(problem))] }
            return failed(attempt.step, StepFailure(.failed, problem))
        }
    }
}

extension Verdict {
    /// How a step with this verdict ends; nil when it passes.
    public var failure: StepFailure? {
        switch self {
        case .pass: nil
        case .fail(let seen): StepFailure(.failed, Problem(seen))
        case .error(let problem): StepFailure(.inconclusive, problem)
        case .inconclusive(let seen): StepFailure(.inconclusive, Problem(seen))
        }
    }
}
