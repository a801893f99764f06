import MigrateCore

/// What the loop tells while it runs.
public enum RunProgress: Sendable {
    /// An event was made durable.
    case event(JournalEntry)
    /// The run as it stands after one or more events.
    case state(RunState)
    /// How far a wait is; not kept anywhere.
    case note(StepID, String)
}

/// Evidence that waits for the event it belongs to.
struct StagedEvidence: Sendable {
    var step: StepID?
    var stage: String
    var evidence: Evidence
}
