/// Programs that make changes, and what is left of them when a process ends before they do.
extension RunMachine {
    /// Puts `program` on record, unless the run does not ask for it any more or has another one already.
    ///
    /// The one that is on record may be put there again with the lock that it left.
    func started(_ program: ChildProgram, for attempt: Attempt) -> [RunEvent] {
        guard case .performing(_, let epoch, let known) = state.stage(of: attempt) else { return [] }
        let isWanted = known.map { $0.isSameProcess(as: program) && $0 != program } ?? (epoch == state.session?.epoch)
        return isWanted ? [.change(attempt, .programStarted(program))] : []
    }

    /// Changes whose program a dead process was about to start: none is on record, so none began.
    func unstarted(under epoch: Int) -> [RunEvent] {
        state.active.sorted().compactMap { index in
            switch state.records[index].state {
            case .changing(let attempt, .performing(let change, let intended, nil)),
                .rollingBack(let attempt, .performing(let change, let intended, nil)):
                guard intended < epoch, change.startsProgram == true else { return nil }
                return .change(attempt, .foundNotApplied)
            case .changing, .rollingBack, .pending, .deciding, .probing, .verifying, .soaking, .waitingWindow,
                .waitingApproval, .waitingPerson, .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled,
                .rolledBack, .rollbackFailed, .rollbackSkipped, .kept:
                return nil
            }
        }
    }

    /// Whether the step at `index` goes forward though the run goes back, and no call of it is in flight.
    ///
    /// What it may have changed stays owned.
    func isOvertaken(_ index: Int) -> Bool {
        if case .changing = state.records[index].state { !isCallInFlight(index) } else { false }
    }

    /// Whether a session that somebody wanted to stop may be cut off with its calls in flight.
    ///
    /// Not while traffic comes home, and not when the wish was taken back.
    public var isStopOverdue: Bool {
        state.session != nil && state.backOut == nil && (state.halting == .stopped || state.isReleased)
    }

    /// Steps of which a call is in flight, in plan order; a return of traffic aside.
    public var stepsInFlight: [StepID] {
        state.active.sorted().filter { isCallInFlight($0) }.map { state.plan.steps[$0].id }
    }
}

extension RunState {
    /// Steps that have begun and are not over, in plan order.
    public var stepsAtWork: [StepID] { active.sorted().map { plan.steps[$0].id } }

    /// Programs on record whose outcomes are not, by step.
    public var programs: [StepID: ChildProgram] {
        var programs: [StepID: ChildProgram] = [:]
        for index in active {
            switch records[index].state {
            case .changing(let attempt, let stage), .rollingBack(let attempt, let stage):
                programs[attempt.step] = stage.program
            case .pending, .deciding, .probing, .verifying, .soaking, .waitingWindow, .waitingApproval, .waitingPerson,
                .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rolledBack, .rollbackFailed,
                .rollbackSkipped, .kept:
                break
            }
        }
        return programs
    }
}
