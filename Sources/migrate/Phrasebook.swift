import Foundation
import MigrateCore
import Reports

/// All that the tool says while it works; reports have their own words.
enum Phrasebook {
    static let proofEnds = "stopping: the throwaway records are removed first; a second signal leaves them there"
    static func proofBegins(_ record: String) -> String { "trying on the throwaway record `\(record)`" }

    static func longPolicy(_ part: String, _ length: Int) -> String {
        "warning: the policy `\(part)` has \(length) characters, a managed policy may have \(RunbookPolicy.characterLimit)\n"
            + "hint: attach it in parts, or inline to a role, which takes 10,240 in all"
    }

    static func policyBeside(_ beside: [(what: String, kinds: [String])]) -> String {
        beside.map { "note: allow beside it \($0.what): \($0.kinds.map { "`\($0)`" }.joined(separator: ", "))" }
            .joined(separator: "\n")
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
    static func text(of error: any Error) -> String { message(for: error, in: .english).text }

    static func note(_ step: StepID, _ text: String) -> String { "          · \(step)  \(text)" }
}
