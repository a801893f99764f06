/// How the events of a change move a step; forward, back and home share them.
extension RunState {
    mutating func apply(_ fact: ChangeFact, of attempt: Attempt, at index: Int, on time: Timestamp) {
        // Why: until then the note tells of the program at work.
        if let stage = stage(of: attempt), stage.program != nil { records[index].note = stage.change?.summary }
        switch fact {
        case .returnStarted: begin(attempt, at: index, on: time)
        case .intended(let change, let epoch):
            if attempt.direction == .forward { own(change, at: index) }
            move(attempt, to: .performing(change, epoch: epoch), at: index, on: time)
        case .programStarted(let program):
            guard case .performing(let change, let epoch, _) = stage(of: attempt) else { return }
            records[index].note = "`\(program.name)` is at work as process \(program.process) on \(program.host)"
            move(attempt, to: .performing(change, epoch: epoch, program: program), at: index, on: time)
        case .applied(let receipt):
            guard let change = stage(of: attempt)?.change else { return }
            if attempt.direction == .forward {
                records[index].owned?.receipt = receipt
                records[index].owned?.isMade = true
            }
            move(attempt, to: .settling(change, receipt: receipt, since: time), at: index, on: time)
        case .notApplied, .foundNotApplied:
            if stage(of: attempt).map(isOurs) ?? true { records[index].refusals += 1 }
            // Why disown: what certainly did not happen needs no way back, unless an earlier try did happen.
            if attempt.direction == .forward { disown(at: index) }
            move(attempt, to: .preparing, at: index, on: time)
        case .returnDelayed(let problem):
            records[index].refusals += 1
            records[index].note = problem.message
        case .outcomeUnknown(let problem):
            guard let stage = stage(of: attempt), let change = stage.change, let epoch = stage.epoch else { return }
            records[index].note = problem.message
            move(attempt, to: .reconciling(change, epoch: epoch), at: index, on: time)
        case .settled(let after, let summary, let captures):
            records[index].note = summary
            settle(attempt, after: after, captures: captures, at: index, on: time)
        case .returnNotNeeded(let summary):
            records[index].note = summary
            settle(attempt, after: .null, captures: [:], at: index, on: time)
        case .inDoubt(let problem): doubt(attempt, problem, at: index, on: time)
        case .resolved(let applied, _, _): resolve(attempt, applied: applied, at: index, on: time)
        case .returnFailed(let problem):
            failReturn(attempt, problem, at: index, on: time)
            overrule(with: .rollbackFailed(attempt.step))
        case .conflicted(let expected, let found, let before, let byHand):
            let problem = Conflict(before: before, ours: expected, theirs: found, byHand: byHand)
                .problem(attempt.direction)
            if attempt.direction == .forward {
                records[index].note = problem.message
                set(.failed(StepFailure(.failed, problem)), at: index, on: time)
            } else {
                failReturn(attempt, problem, at: index, on: time)
            }
            overrule(with: .paused(.conflict(attempt.step)))
        }
    }

    /// Whether the call of `stage` was made in the open session, by the process that is at work.
    func isOurs(_ stage: ChangeStage) -> Bool { stage.epoch == nil || stage.epoch == session?.epoch }

    /// How far `attempt` has got; nil when it is not the one under way.
    public func stage(of attempt: Attempt) -> ChangeStage? {
        switch attempt.direction {
        case .home:
            return backOut?.working?.attempt == attempt ? backOut?.working?.stage : nil
        case .forward, .back:
            guard let index = places.steps[attempt.step] else { return nil }
            switch records[index].state {
            case .changing(let current, let stage), .rollingBack(let current, let stage):
                return current == attempt ? stage : nil
            default: return nil
            }
        }
    }

    private mutating func begin(_ attempt: Attempt, at index: Int, on time: Timestamp) {
        records[index].attempts[attempt.direction] = attempt.number
        if attempt.direction != .forward { records[index].refusals = 0 }
        switch attempt.direction {
        case .forward: break
        case .back: set(.rollingBack(attempt, .preparing), at: index, on: time)
        case .home:
            backOut?.queue.removeAll { $0 == index }
            backOut?.working = .init(attempt: attempt, stage: .preparing)
        }
    }

    private mutating func move(_ attempt: Attempt, to stage: ChangeStage, at index: Int, on time: Timestamp) {
        switch attempt.direction {
        case .forward: set(.changing(attempt, stage), at: index, on: time)
        case .back: set(.rollingBack(attempt, stage), at: index, on: time)
        case .home: backOut?.working?.stage = stage
        }
    }

    /// Keeps the way back: the image before the first try, and the change as last intended.
    private mutating func own(_ change: Change, at index: Int) {
        let before = records[index].owned?.before ?? change.from
        // Why here: a return that failed says nothing of traffic that is moved away after it.
        if let shift = places.shift(plan.steps[index].composite), shift.away.contains(index), !isTrafficAway(shift) {
            unsureTraffic.remove(shift.anchor)
        }
        records[index].ownedBefore = records[index].owned
        records[index].owned = OwnedChange(change: change, before: before, after: nil, receipt: .null)
        records[index].newestChange = sequence
        records[index].note = change.summary
    }

    /// Takes back what `own` kept for a try that certainly did not happen.
    ///
    /// Why not always nothing: an earlier try did happen, and what it left is all that a way back may write over; what the
    /// newest one found in its place is somebody else's.
    private mutating func disown(at index: Int) {
        guard let owned = records[index].owned else { return }
        records[index].owned = owned.before == owned.change.from ? nil : records[index].ownedBefore
    }

    private mutating func settle(
        _ attempt: Attempt,
        after: Value,
        captures: [String: Value],
        at index: Int,
        on time: Timestamp
    ) {
        switch attempt.direction {
        case .forward:
            records[index].owned?.after = after
            for place in moves(ofShiftAt: index) where records[place].isTakenAsFound {
                records[place].isTakenAsFound = false
            }
            learn(captures, at: index)
            let isOver = plan.steps[index].verify.isEmpty
            set(isOver ? .succeeded : .verifying(attempt: attempt.number, isOwned: true), at: index, on: time)
        case .back:
            records[index].owned = nil
            set(.rolledBack, at: index, on: time)
        case .home: bringHome(anchor: index, on: time)
        }
    }

    /// Traffic is home: the parts that moved it are undone, and the anchor's image is the world's.
    private mutating func bringHome(anchor: Int, on time: Timestamp) {
        backOut?.working = nil
        unsureTraffic.remove(anchor)
        for index in places.shift(plan.steps[anchor].composite)?.away ?? [] where records[index].owned != nil {
            records[index].owned = nil
            set(.rolledBack, at: index, on: time)
        }
    }

    private mutating func doubt(_ attempt: Attempt, _ problem: Problem, at index: Int, on time: Timestamp) {
        let left = isLeftInDoubt(index) ? records[index].owned?.change : nil
        guard let change = stage(of: attempt)?.change ?? left else { return }
        records[index].note = problem.message
        switch attempt.direction {
        case .forward, .back:
            set(.inDoubt(attempt, change, problem), at: index, on: time)
            if isDoubtInTheWay(of: index) { halt(.paused(.inDoubt(attempt.step))) }
        case .home:
            // Why a conflict: the step itself is not in doubt, so that there is nothing to resolve; the next return
            // looks at the world anew.
            failReturn(attempt, problem, at: index, on: time)
            overrule(with: .paused(.conflict(attempt.step)))
        }
    }

    /// Whether a doubt about the step at `index` keeps the session from its goal: anything but a rollback of what
    /// stands beside it, or in which nothing is undone about it.
    func isDoubtInTheWay(of index: Int) -> Bool {
        guard case .rollback(let steps, let includeKept)? = session?.goal else { return true }
        return steps.contains(plan.steps[index].id) && plan.steps[index].rollback.undoes(includeKept: includeKept)
    }

    private mutating func resolve(_ attempt: Attempt, applied: Bool, at index: Int, on time: Timestamp) {
        guard case .inDoubt(_, let change, _) = records[index].state else { return }
        if attempt.direction == .forward {
            if applied { records[index].owned?.isMade = true } else { disown(at: index) }
            // Why in its turn: what a rollback left may wait for what was undone since.
            if records[index].isTakenAsFound { return reopen(index, at: time, isMade: applied) }
        }
        if applied {
            move(attempt, to: .settling(change, receipt: .null, since: time), at: index, on: time)
        } else {
            move(attempt, to: .preparing, at: index, on: time)
        }
    }

    private mutating func failReturn(_ attempt: Attempt, _ problem: Problem, at index: Int, on time: Timestamp) {
        records[index].note = problem.message
        switch attempt.direction {
        case .forward: break
        case .back: set(.rollbackFailed(problem), at: index, on: time)
        case .home:
            backOut?.working = nil
            backOut?.hasFailed = true
            // Why not then: where a person left it, they know where it is.
            if let shift = places.shift(plan.steps[index].composite), !isLeftWhereItIs(shift) {
                unsureTraffic.insert(index)
            }
        }
    }
}
