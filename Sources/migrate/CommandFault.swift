import Journal
import MigrateCore

/// Why a command cannot do what it is asked, before a run has anything to do with it.
enum CommandFault: Error {
    case noSuchRunbook(String, known: [String])
    case whichRunbook(known: [String])
    case noSuchEnvironment(String, known: [String])
    case whichEnvironment(known: [String])
    case unreadableFile(String, reason: String)
    case folderNotMade(String, reason: String)
    case badTimeScale(String)
    case timeScaleNeedsEndpoint
    case timeScaleNeedsLoopback(endpoint: String)
    case planChanged(runbook: String, run: Int)
    case nothingHasRun(runbook: String, environment: String)
    case missingPrograms(phase: String, [(step: String, programs: [String])])
    case runIsUnderWay(LeaseRecord)
    case requestRefused(String)
    case noAnswer(LeaseRecord)
    case checkFailed
    case sandbox(String, hint: String)
    case notConfirmed
    case unknownTarget(String, known: [String])
    case unknownApproval(String, known: [String])
    case nobodyToAsk
    case nobodyToApprove(String)
    case notAsked(String)
    case subjectUnknown(String)
    case otherSubject(String)
    case runNotCanceled
    case holderGone
    case rollbackMoved
    /// Another process holds the run, for so long, and these steps are at work.
    case held(LeaseHeld, for: Duration, at: [StepID])
    case notToUndo(String, [String])
    /// A rollback may not leave the step as it is.
    case notToLeave(String)
    /// The name stands for these steps, and one is wanted.
    case manySteps(String, [String])
    case programAtWork([String])
    case notInRehearsal
    case rehearsalStopped(String, status: Int32?)
    case pastReturn([String])
    case unknownKind(String, suggestion: String?)
    case unknownPrice(String, of: String?, known: [String])
    case unreadablePrice(String)
}
