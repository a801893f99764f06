import MigrateCore

/// Where a person, or a machine without a program, had the run go another way than the runbook says.
struct Deviation: Sendable, Hashable {
    /// Step; nil for the run.
    var step: StepID?
    /// What was done, one word: `skipped`, `resolved`, `revised`, `accepted`, `left`, `retried`, `canceled`,
    /// `backed_out`.
    var kind: String
    /// Who; nil when nobody in person.
    var by: String?
    /// When.
    var at: Timestamp
    /// Why, in their words.
    var reason: String?

    /// What `entry` says of it; nil when the run went as the runbook says.
    init?(_ entry: JournalEntry) {
        at = entry.at
        step = entry.event.step
        switch entry.event {
        case .step(_, .skipped(let reason, let by)):
            // Why the second: a condition that did not hold is the runbook's own word.
            guard by != nil || reason.hasPrefix(RunSnapshot.notExercisedPrefix) else { return nil }
            (kind, self.by, self.reason) = ("skipped", by, reason)
        case .step(_, .rollbackSkipped(let reason, let by)):
            (kind, self.by, self.reason) = ("left", by, reason)
        case .step(_, .reset(let by)):
            guard let by else { return nil }
            (kind, self.by, reason) = ("retried", by, nil)
        case .change(_, .resolved(let applied, let reason, let by)):
            (kind, self.by, self.reason) = ("resolved", by, "\(applied ? "applied" : "not applied"): \(reason)")
        case .run(.requirementAccepted(_, let problem, let reason, let by)):
            (kind, self.by, self.reason) = ("accepted", by, "\(reason), although \(problem)")
        case .run(.revised(let revision)):
            let reason = ReportWords.lines(of: revision, in: .english).joined(separator: "; ")
            (kind, self.by, self.reason) = ("revised", revision.by, reason)
        case .run(.backOutStarted(let reason, let by, _)): (kind, self.by, self.reason) = ("backed_out", by, reason)
        case .run(.canceled(let reason, let by)): (kind, self.by, self.reason) = ("canceled", by, reason)
        case .run, .step, .change: return nil
        }
    }

    /// The deviation as JSON.
    var json: Value {
        [
            "step": Value(step?.rawValue), "kind": .string(kind), "by": Value(by), "at": Value(at),
            "reason": Value(reason),
        ]
    }
}
