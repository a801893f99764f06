import MigrateCore

/// What happened to the run as a whole.
extension EventLine {
    /// Words for `fact`; nil for what is of no interest to people.
    static func words(for fact: RunFact, in plan: Plan, language: String) -> String? {
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
            return "revised by \(revision.by): " + ReportWords.lines(of: revision).joined(separator: "\n    ")
        case .requestTaken(let request): return "request of \(request.by) taken: \(ReportWords.text(of: request.act))"
        case .requestRefused(let request, let reason):
            return "request of \(request.by) refused: \(ReportWords.text(of: request.act)): \(reason)"
        case .noticeIntended: return nil
        case .noticeEnded(let id, let fate, let head): return words(for: id, fate, head: head)
        }
    }

    /// What became of a notice.
    private static func words(for id: NoticeID, _ fate: NoticeFate, head: String?) -> String {
        let moment = id.moment
        let about = (moment.step?.rawValue ?? moment.phase?.rawValue).map { " \($0)" } ?? ""
        let name = "notice `\(id.notice)` of \(moment.kind.rawValue)\(about)"
        let hint = fate.problem?.hint.map { "\n    hint: \($0)" } ?? ""
        switch fate {
        case .sent: return name + " sent" + (head.map { ", log head \($0.prefix(12))" } ?? "")
        case .refused(let problem): return "\(name) not sent: \(problem.message)\(hint)"
        case .unknown(let problem): return "\(name) may not have come, and is not sent again: \(problem.message)\(hint)"
        }
    }
}
