/// Why the machine will not do what it is asked; nothing has happened.
public enum RunRefusal: Error, Sendable, Hashable {
    /// Steps of earlier phases are not over.
    case earlierPhasesUnfinished(PhaseID, missing: [StepID])
    /// The plan has no such phase.
    case unknownPhase(String, known: [String])
    /// The plan has no such step.
    case unknownStep(String, suggestion: String?)
    /// A step that this one needs is not over.
    case needsUnfinished(StepID, missing: [StepID])
    /// Nobody can tell whether these changes happened; a person has to say first.
    case inDoubt([StepID])
    /// These steps could not be undone; that has to be finished first.
    case rollbackUnfinished([StepID])
    /// Nothing that this run did is left to undo.
    case nothingToRollBack
    /// No rollback is left to go on with, and traffic is away.
    case trafficIsAway
    /// No traffic has been moved.
    case trafficIsHome
    /// A newer release of the tool wrote the run last; this one may not understand all of it.
    case newerTool(found: String, own: String)
    /// The definition is what the run carries out already.
    case nothingToRevise
    /// Steps that did something are no longer the same, or no longer there.
    case executedStepsDiffer([StepDifference])
    /// The run was given up.
    case canceled
}
