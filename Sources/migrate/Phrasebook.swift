import Foundation
import MigrateCore
import Reports

/// All that the tool says while it works; reports have their own words.
enum Phrasebook {
    static let stopping = """
        stopping: the call in hand is finished first, nothing new starts
        press Ctrl-C again to end at once, which leaves that call in doubt, on record
        """
    static let heldOpen =
        "          halted, and watching the traffic that is away: `migrate resume` goes on, `migrate back-out` brings it home"
    static let leftAway =
        "warning: traffic is away, and nobody watches it any more: `migrate back-out` brings it home"
    static let proofEnds = "stopping: the throwaway records are removed first; a second signal leaves them there"
    static func proofBegins(_ record: String) -> String { "trying on the throwaway record `\(record)`" }
    static let trafficIsHome = "traffic is at home; nothing was touched"
    static let holderGone = "the process that was bringing traffic home is gone; going on from here"
    static let nothingToUndo = "nothing is left to undo; nothing was touched"
    static let endedAtOnce = "ended at once; `migrate run` finds out what became of the call in hand"

    static func leaseNotReleased(_ error: any Error) -> String {
        "warning: the lease could not be released: \(message(for: error).text); it is free as soon as this process is gone"
    }

    static func longPolicy(_ part: String, _ length: Int) -> String {
        "warning: the policy `\(part)` has \(length) characters, a managed policy may have \(RunbookPolicy.characterLimit)\n"
            + "hint: attach it in parts, or inline to a role, which takes 10,240 in all"
    }

    static func policyBeside(_ beside: [(what: String, kinds: [String])]) -> String {
        beside.map { "note: allow beside it \($0.what): \($0.kinds.map { "`\($0)`" }.joined(separator: ", "))" }
            .joined(separator: "\n")
    }

    static func programsNotRemoved(_ error: any Error) -> String {
        "warning: what earlier programs left could not be removed: \(message(for: error).text)"
    }

    static func waiting(for program: ChildProgram) -> String {
        "waiting for `\(program.name)` (process \(program.process), since \(program.startedAt.clockText)), "
            + "which an earlier process started"
    }

    static func outOfSight(_ program: ChildProgram) -> String {
        "`\(program.name)` (process \(program.process)) was started on \(program.host), where it can be waited for; "
            + "from here only its end will be seen"
    }

    static func rehearsed(_ runbook: String, differences: Int) -> String {
        differences == 0
            ? "rehearsed `\(runbook)` forward, back and forward: every world was as it had to be"
            : "rehearsed `\(runbook)`: \(ReportWords.count(differences, "difference")) that must not be"
    }

    /// An error in one line, for where it is not the end of the command.
    static func text(of error: any Error) -> String { message(for: error).text }

    static func beware(_ step: StepID, _ cost: String?) -> String {
        "past the point of no return `\(step)`: \(cost ?? "coming back from here loses data")"
    }

    static func note(_ step: StepID, _ text: String) -> String { "          · \(step)  \(text)" }
}
