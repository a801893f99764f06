/// Our own words for the moments of a run.
///
/// They are made of names, titles and problems as the journal holds them, from which secrets have been taken out.
enum NoticeWords {
    /// Most characters of a problem that a notice repeats.
    private static let problemLimit = 300

    /// Sentence for `moment` of `state`; `session` is the one that came upon it.
    static func text(of moment: RunMoment, from session: Session?, in state: RunState) -> String {
        let plan = state.plan
        let run = "\(plan.runbook) · \(plan.environment), run \(state.header.number)"
        return "\(run): \(words(for: moment, from: session, in: state))\(rehearsal(state))"
    }

    private static func rehearsal(_ state: RunState) -> String {
        state.timeScale > 1 ? " (rehearsal, every wait divided by \(state.timeScale))" : ""
    }

    private static func words(for moment: RunMoment, from session: Session?, in state: RunState) -> String {
        switch moment.kind {
        case .phaseDone:
            let title = state.plan.phases.first { $0.id == moment.phase }?.title.text(in: "en")
            return "\(moment.phase?.rawValue ?? "a phase") is done" + (title.map { ", \($0)" } ?? "")
        case .waiting: return waiting(for: moment, in: state)
        case .paused: return "paused, \(pause(moment, in: state))"
        case .backedOut: return "traffic is home"
        case .rolledBack: return "rolled back"
        case .done:
            let isOver = state.plan.phases.allSatisfy { state.isPassed($0.id) }
            if isOver { return "done, every phase" }
            if case .forward(_, _, let step?) = session?.goal { return "done with step `\(step)`" }
            if case .forward(_, let phase?, nil) = session?.goal { return "done through \(phase)" }
            return "done as asked"
        }
    }

    private static func waiting(for moment: RunMoment, in state: RunState) -> String {
        guard let id = moment.step, let step = state.step(id) else { return "waiting for a person" }
        let title = step.title.text(in: "en")
        if case .confirm(let name) = step.work {
            var until = ""
            if case .waitingApproval(_, let time) = state.record(of: id)?.state { until = " until \(time)" }
            return "waiting for approval `\(name)`\(until), step `\(id)`: \(title)"
        }
        return "waiting for a person to do step `\(id)`: \(title)"
    }

    private static func pause(_ moment: RunMoment, in state: RunState) -> String {
        let end = state.halting ?? state.lastEnd
        var words = ""
        switch end {
        case .paused(let reason)?: words = reason.text
        case .rollbackFailed(let step)?: words = "step `\(step)` could not be undone"
        case .goalReached?, .backedOut?, .rolledBack?, .stopped?, .answered?, nil: words = moment.reason ?? ""
        }
        if let step = moment.step, let note = state.record(of: step)?.note, !words.contains(note) {
            words += ": \(note)"
        }
        return words.count > problemLimit ? words.prefix(problemLimit) + "…" : words
    }
}

extension PauseReason {
    /// Why a run waits for a person, in words.
    public var text: String {
        switch self {
        case .byOperator(let who): "asked for by \(who)"
        case .leaseLost: "its process went without a word, or another took its lease"
        case .failedStep(let step): "step `\(step)` failed"
        case .inconclusive(let step): "step `\(step)` could not tell"
        case .inDoubt(let step): "nobody can tell whether the change of `\(step)` happened"
        case .conflict(let step): "somebody changed what `\(step)` is about to change"
        case .requirement(let phase, let problem), .drift(let phase, let problem):
            "\(phase) may not go on: \(problem)"
        case .approval(let step, let problem): "approval `\(step)`: \(problem)"
        case .watch(let step, let problem):
            "a watch of `\(step)` failed, and from here nothing returns by itself: \(problem)"
        case .phaseTimedOut(let phase): "\(phase) took longer than it may"
        }
    }
}
