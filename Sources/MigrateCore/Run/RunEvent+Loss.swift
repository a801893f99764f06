/// What a crash may take.
extension RunEvent {
    /// Whether losing it costs no more than looking at the world again: the next session begins the same step, under
    /// the same tokens, and finds the same.
    ///
    /// Never so of what a person said, of a call, or of what came of one.
    public var isFoundAgain: Bool {
        switch self {
        case .run(let fact): fact.isFoundAgain
        case .step(_, let fact): fact.isFoundAgain
        case .change(_, let fact): fact.isFoundAgain
        }
    }
}

extension RunFact {
    fileprivate var isFoundAgain: Bool {
        switch self {
        case .phaseEnded: true
        case .sessionStarted, .sessionEnded, .backOutStarted, .backOutEnded, .halted, .resumed, .canceled,
            .requirementChecked, .requirementAccepted, .revised, .requestTaken, .requestRefused:
            false
        }
    }
}

extension StepFact {
    fileprivate var isFoundAgain: Bool {
        switch self {
        case .started, .conditionHeld, .probed, .foundSatisfied, .succeeded: true
        case .windowClosed, .windowOpened, .skipped, .soakStarted, .approvalAsked, .surveyed, .approvalGiven,
            .approvalRevoked, .approvalsDropped, .personAsked, .failed, .stalled, .reset, .canceled, .drifted,
            .driftCleared, .rollbackSkipped, .kept:
            false
        }
    }
}

extension ChangeFact {
    fileprivate var isFoundAgain: Bool {
        switch self {
        case .settled: true
        case .returnStarted, .intended, .programStarted, .applied, .notApplied, .outcomeUnknown, .foundNotApplied,
            .inDoubt, .resolved, .returnDelayed, .returnNotNeeded, .returnFailed, .conflicted:
            false
        }
    }
}
