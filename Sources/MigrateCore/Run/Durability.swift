/// When an event has to be durable at the latest, by what a crash before that would cost.
public enum Durability: Comparable, Sendable {
    /// By the next pulse of the loop: nothing follows from it.
    case byNextPulse
    /// With the intent that follows it: the next session begins the same step, under the same tokens, and finds the
    /// same.
    case withNextIntent
    /// Before anything is waited for: a next session that goes forward makes the call whose outcome it is again, to no
    /// harm.
    case beforeNextWait
    /// Before anything else begins.
    case atOnce
}

extension RunState {
    /// When `event` has to be durable, in the state that its message left.
    ///
    /// At once: what a person said, an intent, the end of a wait, and what came of a call, except that a convergent one
    /// was made on the way forward.
    public func durability(of event: RunEvent) -> Durability {
        switch event {
        case .run(let fact): return fact.durability
        case .step(let id, .succeeded):
            switch step(id)?.work {
            case .probe?, .action?: return .withNextIntent
            // Why not: people would be asked again, perhaps too late, and a soak would be waited out again.
            case .confirm?, .manual?, .soak?, nil: return .atOnce
            }
        case .step(_, let fact): return fact.durability
        case .change(let attempt, .applied):
            // Why not by token: a repeat brings the answer, but a return that is asked for instead does not. Why not when
            // going back: an answer that is lost is waited out before the next return begins. Why not of a program: what
            // it left is removed once its outcome is durable, and would not be found.
            let change = stage(of: attempt)?.change
            let isConvergentCall = change?.effect == .convergent && change?.startsProgram != true
            return isConvergentCall && attempt.direction == .forward ? .beforeNextWait : .atOnce
        case .change(_, let fact): return fact.durability
        }
    }
}

extension RunFact {
    fileprivate var durability: Durability {
        switch self {
        // Why: without it a notice counts as one whose fate is not known, and is never sent again.
        case .noticeEnded: .byNextPulse
        // Why a notice's intent: it is lost only together with what brought it about, before anything was sent.
        case .phaseEnded, .noticeIntended: .withNextIntent
        case .sessionStarted, .sessionEnded, .backOutStarted, .backOutEnded, .halted, .resumed, .canceled,
            .requirementChecked, .requirementAccepted, .revised, .requestTaken, .requestRefused:
            .atOnce
        }
    }
}

extension StepFact {
    fileprivate var durability: Durability {
        switch self {
        case .started, .conditionHeld, .probed, .foundSatisfied: .withNextIntent
        case .windowClosed, .windowOpened, .skipped, .soakStarted, .approvalAsked, .surveyed, .approvalGiven,
            .approvalRevoked, .approvalsDropped, .personAsked, .succeeded, .failed, .stalled, .reset, .canceled,
            .drifted,
            .driftCleared, .rollbackSkipped, .kept:
            .atOnce
        }
    }
}

extension ChangeFact {
    fileprivate var durability: Durability {
        switch self {
        case .settled: .withNextIntent
        case .returnStarted, .intended, .programStarted, .applied, .notApplied, .outcomeUnknown, .foundNotApplied,
            .inDoubt, .resolved, .returnDelayed, .returnNotNeeded, .returnFailed, .conflicted:
            .atOnce
        }
    }
}
