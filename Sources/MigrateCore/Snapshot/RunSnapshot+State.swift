extension RunSnapshot {
    /// Shows `state`.
    ///
    /// - Parameters:
    ///   - state: the run.
    ///   - holder: who holds the lease; nil when nobody does.
    ///   - isHolderAlive: whether that process is there, as far as can be told.
    public init(state: RunState, holder: LeaseRecord?, isHolderAlive: Bool) {
        self = RunLines(of: state).snapshot
        self.holder = holder
        see(isHolderAlive: isHolderAlive)
    }

    /// Shows `state` without its phases, as long as its process is at work.
    init(lineOf state: RunState) {
        let plan = state.plan
        self.init(
            runbook: plan.runbook,
            environment: plan.environment,
            title: plan.title,
            run: state.header.number,
            status: Self.status(of: state, isHolderAlive: true),
            initiator: state.header.initiator,
            phases: []
        )
        isSessionOpen = state.isCarriedOn
        pause = Self.pause(of: state)
        end = state.session == nil ? state.lastEnd : nil
        startedAt = state.header.startedAt
        changedAt = state.changedAt
        events = state.sequence
        timeScale = state.timeScale
        notices = state.notices.records.isEmpty ? nil : state.notices.records
    }

    /// Takes in whether the process that took the run up is still there, which no record can tell.
    ///
    /// - Parameters:
    ///   - isHolderAlive: whether it may be at work.
    ///   - isLossCertain: whether it certainly is not, where it may not be; else its lease has merely run out.
    public mutating func see(isHolderAlive: Bool, isLossCertain: Bool = true) {
        if isSessionOpen, !isHolderAlive { status = .interrupted }
        holderLoss = holder == nil || isHolderAlive ? nil : isLossCertain ? .gone : .silent
    }

    /// Shows a plan of which nothing has run.
    public init(plan: Plan) {
        let header = RunHeader(
            number: 0,
            plan: plan,
            digest: "",
            source: "",
            initiator: "",
            startedAt: Timestamp(milliseconds: 0),
            toolVersion: ""
        )
        self.init(state: RunState(header: header), holder: nil, isHolderAlive: false)
        startedAt = nil
    }

    private static func pause(of state: RunState) -> PauseReason? {
        if case .paused(let reason) = state.session == nil ? state.lastEnd : state.halting { reason } else { nil }
    }

    /// How `state` stands, in one word.
    public static func status(of state: RunState, isHolderAlive: Bool) -> Status {
        let isUndoing: Bool
        if case .rollback = state.session?.goal { isUndoing = true } else { isUndoing = state.backOut != nil }
        if state.isCarriedOn {
            guard isHolderAlive else { return .interrupted }
            if isUndoing { return .rollingBack }
            // Why the stalled ones do not count: they wait for the next session or for `resume`, and do nothing.
            if case .paused = state.halting, state.active.isSubset(of: state.stalled) { return .paused }
            return state.isWaiting ? .waiting : .inProgress
        }
        if state.isCanceled, state.lastEnd != .rolledBack, state.endBefore != .rolledBack { return .canceled }
        switch state.session == nil ? state.lastEnd : state.endBefore {
        case nil: return .pending
        case .rolledBack?: return .rolledBack
        case .rollbackFailed?: return .rollbackFailed
        case .paused?, .stopped?, .backedOut?: return .paused
        case .goalReached?, .answered?:
            guard state.plan.phases.allSatisfy({ state.isPassed($0.id) }) else { return .inProgress }
            return state.hasExceptions ? .succeededWithExceptions : .succeeded
        }
    }
}

extension RunState {
    /// Whether a session is open that does more than take in requests, which changes nothing about how the run stands.
    ///
    /// Why with a return also then: whoever takes in requests goes on with one that an earlier session left.
    var isCarriedOn: Bool { session != nil && (session?.goal != .answer || backOut != nil) }

    /// Whether everything under way waits for a time or for people.
    public var isWaiting: Bool {
        !active.isEmpty
            && active.allSatisfy { index in
                switch records[index].state {
                case .soaking, .waitingWindow, .waitingApproval, .waitingPerson: true
                case .pending, .deciding, .probing, .changing, .verifying, .succeeded, .alreadySatisfied, .skipped,
                    .failed, .inDoubt, .canceled, .rollingBack, .rolledBack, .rollbackFailed, .rollbackSkipped, .kept:
                    false
                }
            }
    }

    /// Whether a step was left out by a person or for want of a program.
    var hasExceptions: Bool {
        records.contains { if case .skipped = $0.state { true } else { false } }
    }

    /// Whether everything this run did is undone but for what was kept, so that the next one begins anew.
    ///
    /// Why not a run that succeeded: beginning another would put the way back of this one out of reach. Why not with a
    /// change that was left and must never be made twice: the next run would know nothing of it.
    public var isOver: Bool {
        lastEnd == .rolledBack
            && records.indices.allSatisfy { index in
                let record = records[index]
                if record.isRollbackSkipped { return !isLeftInDoubt(index) }
                return record.owned == nil || record.state == .kept
            }
    }
}

extension StepRecord {
    var isRollbackSkipped: Bool { if case .rollbackSkipped = state { true } else { false } }
}

extension StepSnapshot {
    init(index: Int, of state: RunState) {
        let step = state.plan.steps[index]
        let record = state.records[index]
        self.init(
            id: step.id,
            title: step.title,
            kind: step.work.kindName,
            state: record.word,
            rollback: step.rollback.word
        )
        isPassed = record.state.isPassed
        note = record.note
        attempts = record.attempts[.forward] ?? 0
        startedAt = record.startedAt
        endedAt = record.endedAt
        isOwned = record.owned != nil
        composite = step.composite
        if case .confirm(let name) = step.work { approval = name }
        switch record.state {
        case _ where record.drift != nil && record.state.isPassed: problem = record.drift
        case .soaking(_, let until), .waitingWindow(_, let until), .waitingApproval(_, let until): waitsUntil = until
        case .failed(let failure): problem = failure.problem
        case .inDoubt(_, _, let doubt): problem = doubt
        case .rollbackFailed(let failure): problem = failure
        case .pending, .deciding, .probing, .changing, .verifying, .waitingPerson, .succeeded, .alreadySatisfied,
            .skipped, .canceled, .rollingBack, .rolledBack, .rollbackSkipped, .kept:
            break
        }
    }
}

extension PlanStep.Work {
    /// Kind of a probe or an action; else the word that the runbook uses.
    public var kindName: String {
        switch self {
        case .probe(let call): call.kind
        case .action(let call): call.kind
        case .confirm: "confirm"
        case .manual: "manual"
        case .soak: "soak"
        }
    }
}

extension RollbackPlan {
    /// Word for status and JSON.
    public var word: String {
        switch self {
        case .notNeeded: "not_needed"
        case .captured: "captured"
        case .keep: "keep"
        case .none: "none"
        case .action: "action"
        }
    }
}
