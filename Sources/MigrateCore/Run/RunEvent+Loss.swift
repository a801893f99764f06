/// What a crash may take.
extension RunState {
    /// Whether losing `event` costs no more than looking at the world again: the next session begins the same step, under
    /// the same tokens, and finds the same.
    ///
    /// Never so of what a person said, of a call or what came of one, or of a wait that is over.
    public func isFoundAgain(_ event: RunEvent) -> Bool {
        switch event {
        case .run(let fact): return fact.isFoundAgain
        case .step(let id, .succeeded):
            switch step(id)?.work {
            case .probe?, .action?: return true
            // Why not: people would be asked again, perhaps too late, and a soak would be waited out again.
            case .confirm?, .manual?, .soak?, nil: return false
            }
        case .step(_, let fact): return fact.isFoundAgain
        case .change(_, let fact): return fact.isFoundAgain
        }
    }
}

extension RunFact {
    fileprivate var isFoundAgain: Bool {
        switch self {
        // Why a notice's intent: it is lost only together with what brought it about, before anything was sent. Why its
        // end: without it a notice counts as one whose fate is not known, and is never sent again.
        case .phaseEnded, .noticeIntended, .noticeEnded: true
        case .sessionStarted, .sessionEnded, .backOutStarted, .backOutEnded, .halted, .resumed, .canceled,
            .requirementChecked, .requirementAccepted, .revised, .requestTaken, .requestRefused:
            false
        }
    }
}

extension StepFact {
    fileprivate var isFoundAgain: Bool {
        switch self {
        case .started, .conditionHeld, .probed, .foundSatisfied: true
        case .windowClosed, .windowOpened, .skipped, .soakStarted, .approvalAsked, .surveyed, .approvalGiven,
            .approvalRevoked, .approvalsDropped, .personAsked, .succeeded, .failed, .stalled, .reset, .canceled,
            .drifted,
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
