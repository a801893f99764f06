import MigrateCore

/// Exit codes; scripts depend on them, so none ever changes its meaning.
enum ExitStatus: Int32 {
    /// Done as asked.
    case success = 0
    /// Something that should not happen happened.
    case unexpected = 1
    /// `plan`: there are changes to make.
    case changesPending = 2
    /// Paused, or waiting for a person.
    case paused = 3
    /// A check failed, or something has drifted.
    case checkFailed = 4
    /// Nobody can tell whether a change happened.
    case inDoubt = 5
    /// Traffic was brought home, or steps were undone.
    case wentBack = 6
    /// Something could not be undone.
    case rollbackFailed = 7
    /// Bad usage, or a runbook with mistakes.
    case usage = 64
    /// Another live process holds the lease.
    case leaseHeld = 75
    /// A second Ctrl-C: ended at once, as a shell reports it.
    case interrupted = 130

    /// Status of a command that carried a run on until `end`.
    init(forward end: SessionEnd) {
        switch end {
        case .goalReached, .answered: self = .success
        case .paused(.inDoubt): self = .inDoubt
        case .paused, .stopped: self = .paused
        case .backedOut, .rolledBack: self = .wentBack
        case .rollbackFailed: self = .rollbackFailed
        }
    }

    /// Status of a command that was asked to go back, and did so or not.
    init(back end: SessionEnd) {
        switch end {
        case .goalReached, .answered, .backedOut, .rolledBack: self = .success
        case .paused(.inDoubt): self = .inDoubt
        case .paused, .stopped: self = .paused
        case .rollbackFailed: self = .rollbackFailed
        }
    }
}
