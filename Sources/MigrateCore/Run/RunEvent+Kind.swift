extension RunEvent {
    /// Name of its case as its JSON has it, family first: `step.succeeded`.
    ///
    /// Why written out: asking the runtime for the name of a case takes longer than writing the event.
    public var kind: String {
        switch self {
        case .run(let fact): "run." + fact.name
        case .step(_, let fact): "step." + fact.name
        case .change(_, let fact): "change." + fact.name
        }
    }
}

extension RunFact {
    fileprivate var name: String {
        switch self {
        case .sessionStarted: "sessionStarted"
        case .sessionEnded: "sessionEnded"
        case .backOutStarted: "backOutStarted"
        case .backOutEnded: "backOutEnded"
        case .halted: "halted"
        case .resumed: "resumed"
        case .canceled: "canceled"
        case .requirementChecked: "requirementChecked"
        case .requirementAccepted: "requirementAccepted"
        case .phaseEnded: "phaseEnded"
        case .revised: "revised"
        case .requestTaken: "requestTaken"
        case .requestRefused: "requestRefused"
        case .noticeIntended: "noticeIntended"
        case .noticeEnded: "noticeEnded"
        }
    }
}

extension StepFact {
    fileprivate var name: String {
        switch self {
        case .started: "started"
        case .conditionHeld: "conditionHeld"
        case .windowClosed: "windowClosed"
        case .windowOpened: "windowOpened"
        case .skipped: "skipped"
        case .probed: "probed"
        case .foundSatisfied: "foundSatisfied"
        case .soakStarted: "soakStarted"
        case .approvalAsked: "approvalAsked"
        case .surveyed: "surveyed"
        case .approvalGiven: "approvalGiven"
        case .approvalRevoked: "approvalRevoked"
        case .approvalsDropped: "approvalsDropped"
        case .personAsked: "personAsked"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .stalled: "stalled"
        case .reset: "reset"
        case .canceled: "canceled"
        case .drifted: "drifted"
        case .driftCleared: "driftCleared"
        case .rollbackSkipped: "rollbackSkipped"
        case .kept: "kept"
        }
    }
}

extension ChangeFact {
    fileprivate var name: String {
        switch self {
        case .returnStarted: "returnStarted"
        case .intended: "intended"
        case .programStarted: "programStarted"
        case .applied: "applied"
        case .notApplied: "notApplied"
        case .outcomeUnknown: "outcomeUnknown"
        case .foundNotApplied: "foundNotApplied"
        case .settled: "settled"
        case .inDoubt: "inDoubt"
        case .resolved: "resolved"
        case .returnDelayed: "returnDelayed"
        case .returnNotNeeded: "returnNotNeeded"
        case .returnFailed: "returnFailed"
        case .conflicted: "conflicted"
        }
    }
}
