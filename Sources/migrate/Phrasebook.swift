import Foundation
import MigrateCore
import Reports

/// All that the tool says while it works; reports have their own words.
enum Phrasebook {
    static let stopping = """
        stopping: the call in hand is finished first, nothing new starts
        press Ctrl-C again to end at once, which leaves that call in doubt, on record
        """
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

    /// Line for `entry`; nil for what is of no interest while it happens.
    static func line(for entry: JournalEntry, in plan: Plan, language: String) -> String? {
        let time = entry.at.clockText
        switch entry.event {
        case .run(let fact): return line(for: fact, in: plan, language: language).map { "\(time)  \($0)" }
        case .step(let id, let fact): return line(for: fact).map { "\(time)  \($0.mark) \(id)  \($0.text)" }
        case .change(let attempt, let fact):
            return line(for: fact, attempt).map { "\(time)  \($0.mark) \(attempt.step)  \($0.text)" }
        }
    }

    private static func line(for fact: RunFact, in plan: Plan, language: String) -> String? {
        switch fact {
        case .sessionStarted(let session):
            let goal = ReportWords.text(of: session.goal)
            return session.timeScale > 1 ? "\(goal), every wait divided by \(session.timeScale)" : goal
        case .sessionEnded(let end): return ReportWords.text(of: end)
        case .backOutStarted(let reason, _, _): return "bringing traffic home: \(reason)"
        case .backOutEnded(let isHome): return isHome == true ? "traffic is home" : nil
        case .halted(.paused(let reason)): return "halted: \(ReportWords.text(of: reason))"
        case .halted: return nil
        case .resumed(let person): return "resumed by \(person)"
        case .canceled(let reason, let person): return "given up by \(person): \(reason)"
        case .requirementAccepted(let phase, let problem, let reason, let person):
            return "\(person) lets \(phase) go on: \(reason)\n    although \(problem)"
        case .requirementChecked(let phase, let problem):
            return problem.map { "\(phase) may not go on: \($0)" } ?? "\(phase) may go on: its requirements hold"
        case .phaseEnded(let id):
            let title = plan.phases.first { $0.id == id }?.title.text(in: language) ?? ""
            return "\(id) done: \(title)"
        case .revised(let revision):
            return "revised by \(revision.by): " + lines(of: revision).joined(separator: "\n    ")
        case .requestTaken(let request): return "request of \(request.by) taken: \(words(request.act))"
        case .requestRefused(let request, let reason):
            return "request of \(request.by) refused: \(words(request.act)): \(reason)"
        }
    }

    private static func line(for fact: StepFact) -> (mark: String, text: String)? {
        switch fact {
        case .started, .conditionHeld, .personAsked, .succeeded: nil
        case .windowClosed(let until, let reason): ("…", "\(reason); waiting until \(until)")
        case .windowOpened: nil
        case .surveyed(let subject): ("?", "the approval covers \(ReportWords.count(subject.steps.count, "step"))")
        case .approvalRevoked(let person): ("-", "\(person) took the approval back")
        case .approvalsDropped(let reason): ("!", "approvals dropped: \(reason)")
        case .drifted(let problem): ("≠", "no longer holds: \(problem.message)\(hint(problem))")
        case .driftCleared: ("✓", "holds again")
        case .skipped(let reason, _): ("-", "skipped: \(reason)")
        case .probed(let summary, _): ("✓", summary)
        case .foundSatisfied(let summary, _): ("=", summary)
        case .soakStarted(let until): ("…", "waiting until \(until.clockText)")
        case .approvalAsked(let until): ("?", "waiting for approval until \(until.clockText)")
        case .approvalGiven(let approval): ("✓", "approved by \(approval.by)")
        case .failed(let failure): ("✗", "\(failure.kind.rawValue): \(failure.problem.message)\(hint(failure.problem))")
        case .stalled(let problem): ("!", "\(problem.message)\(hint(problem))")
        case .reset: ("↻", "will be tried again")
        case .canceled: ("-", "ended early")
        case .rollbackSkipped(let reason, _): ("-", "not undone: \(reason)")
        case .kept: ("-", "kept")
        }
    }

    private static func line(for fact: ChangeFact, _ attempt: Attempt) -> (mark: String, text: String)? {
        let way = attempt.direction == .forward ? "" : attempt.direction == .back ? "undo: " : "home: "
        switch fact {
        case .returnStarted, .programStarted, .applied: return nil
        case .intended(let change, _): return ("→", "\(way)\(change.summary)")
        case .notApplied(let problem): return ("!", "\(way)refused: \(problem.message)")
        case .outcomeUnknown(let problem): return ("!", "\(way)outcome unknown: \(problem.message)")
        case .foundNotApplied: return ("↻", "\(way)it had not happened; trying again")
        case .settled(_, let summary, _): return ("✓", "\(way)\(summary)")
        case .inDoubt(let problem): return ("?", "\(way)in doubt: \(problem.message)\(hint(problem))")
        case .resolved(let applied, let reason, let by):
            return ("✓", "\(way)\(by) says it \(applied ? "happened" : "did not happen"): \(reason)")
        case .returnDelayed(let problem): return ("!", "\(way)could not be looked at: \(problem.message)")
        case .returnNotNeeded(let summary): return ("=", "\(way)\(summary)")
        case .returnFailed(let problem): return ("✗", "\(way)failed: \(problem.message)\(hint(problem))")
        case .conflicted(let expected, let found, let before):
            let lines = Conflict(before: before, ours: expected, theirs: found).versions.map { name, words in
                "\n            \(name)\(String(repeating: " ", count: 8 - name.count))\(words)"
            }
            return ("✗", "\(way)changed by somebody else; nothing was touched" + lines.joined())
        }
    }

    private static func hint(_ problem: Problem) -> String { problem.hint.map { "\n          hint: \($0)" } ?? "" }

    static func words(_ act: RunRequest.Act) -> String {
        switch act {
        case .approve(let name, _, _, _): "approve \(name)"
        case .revoke(let name): "take back the approval \(name)"
        case .resume: "resume"
        case .cancel(let reason): "give the run up: \(reason)"
        case .accept(let phase, let reason): "let \(phase) go on: \(reason)"
        case .reject(let name, _): "reject \(name)"
        case .pause: "pause"
        case .backOut: "back out"
        case .skip(let step, let reason): "skip \(step): \(reason)"
        case .retry(let step): "retry \(step)"
        case .keepAsIs(let step, let reason): "leave \(step) as it is: \(reason)"
        case .resolve(let step, let applied, _): "resolve \(step) as \(applied ? "applied" : "not applied")"
        case .done(let step, _): "done \(step)"
        }
    }
}
