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
        case .paused(let reason)?: words = reason.text(in: .english)
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
    public func text(in language: Language) -> String {
        switch self {
        case .byOperator(let who): language.says("asked for by \(who)", ko: "\(who)의 요청")
        case .leaseLost:
            language.says(
                "its process went without a word, or another took its lease",
                ko: "프로세스가 말없이 사라졌거나 다른 프로세스가 점유를 가져감"
            )
        case .failedStep(let step): language.says("step `\(step)` failed", ko: "단계 `\(step)` 실패")
        case .inconclusive(let step): language.says("step `\(step)` could not tell", ko: "단계 `\(step)` 판정 불가")
        case .inDoubt(let step):
            language.says(
                "nobody can tell whether the change of `\(step)` happened",
                ko: "`\(step)`의 변경이 적용되었는지 알 수 없음"
            )
        case .conflict(let step):
            language.says(
                "somebody changed what `\(step)` is about to change",
                ko: "`\(step)`의 변경 대상을 누군가 먼저 바꿈"
            )
        case .requirement(let phase, let problem), .drift(let phase, let problem):
            language.says("\(phase) may not go on: \(problem)", ko: "\(phase) 진행 불가: \(problem)")
        case .approval(let step, let problem):
            language.says("approval `\(step)`: \(problem)", ko: "승인 `\(step)`: \(problem)")
        case .watch(let step, let problem):
            language.says(
                "a watch of `\(step)` failed, and from here nothing returns by itself: \(problem)",
                ko: "`\(step)`의 감시 실패, 여기서부터는 자동으로 되돌아가지 않음: \(problem)"
            )
        case .phaseTimedOut(let phase):
            language.says("\(phase) took longer than it may", ko: "\(phase) 제한 시간 초과")
        }
    }
}
