import MigrateCore

/// What happened to the run as a whole.
extension EventLine {
    /// Words for `fact`; nil for what is of no interest to people.
    static func words(for fact: RunFact, in plan: Plan, language: Language) -> String? {
        switch fact {
        case .sessionStarted(let session):
            let goal = ReportWords.text(of: session.goal, in: language)
            let scale = session.timeScale
            guard scale > 1 else { return goal }
            return language.says("\(goal), every wait divided by \(scale)", ko: "\(goal), 모든 대기 시간 1/\(scale)")
        case .sessionEnded(let end): return ReportWords.text(of: end, in: language)
        case .backOutStarted(let reason, _, _):
            return language.says("bringing traffic home: \(reason)", ko: "트래픽을 기존 환경으로 되돌리는 중: \(reason)")
        case .backOutEnded(let isHome):
            return isHome == true ? language.says("traffic is home", ko: "트래픽이 기존 환경으로 돌아옴") : nil
        case .halted(.paused(let reason)):
            let why = reason.text(in: language)
            return language.says("halted: \(why)", ko: "멈춤: \(why)")
        case .halted: return nil
        case .resumed(let person): return language.says("resumed by \(person)", ko: "\(person) 재개")
        case .canceled(let reason, let person):
            return language.says("given up by \(person): \(reason)", ko: "\(person) 취소: \(reason)")
        case .requirementAccepted(let phase, let problem, let reason, let person):
            return language.says(
                "\(person) lets \(phase) go on: \(reason)\n    although \(problem)",
                ko: "\(person)의 결정으로 \(phase) 진행: \(reason)\n    충족되지 않은 조건: \(problem)"
            )
        case .requirementChecked(let phase, let problem?):
            return language.says("\(phase) may not go on: \(problem)", ko: "\(phase) 진행 불가: \(problem)")
        case .requirementChecked(let phase, nil):
            return language.says("\(phase) may go on: its requirements hold", ko: "\(phase) 진행 가능: 요구 조건 충족")
        case .phaseEnded(let id):
            let title = plan.phases.first { $0.id == id }?.title.text(in: language) ?? ""
            return language.says("\(id) done: \(title)", ko: "\(id) 완료: \(title)")
        case .revised(let revision):
            let lines = ReportWords.lines(of: revision, in: language).joined(separator: "\n    ")
            return language.says("revised by \(revision.by): \(lines)", ko: "\(revision.by) 런북 수정: \(lines)")
        case .requestTaken(let request):
            let act = ReportWords.text(of: request.act, in: language)
            return language.says("request of \(request.by) taken: \(act)", ko: "\(request.by)의 요청 접수: \(act)")
        case .requestRefused(let request, let reason):
            let act = ReportWords.text(of: request.act, in: language)
            return language.says(
                "request of \(request.by) refused: \(act): \(reason)",
                ko: "\(request.by)의 요청 거부: \(act): \(reason)"
            )
        case .noticeIntended: return nil
        case .noticeEnded(let id, let fate, let head): return words(for: id, fate, head: head, in: language)
        }
    }

    /// What became of a notice.
    private static func words(for id: NoticeID, _ fate: NoticeFate, head: String?, in language: Language) -> String {
        let moment = id.moment
        let about = (moment.step?.rawValue ?? moment.phase?.rawValue).map { " \($0)" } ?? ""
        let kind = moment.kind.rawValue
        let name = language.says("notice `\(id.notice)` of \(kind)\(about)", ko: "알림 `\(id.notice)`(\(kind)\(about))")
        let hint = fate.problem?.hint.map { language.says("\n    hint: \($0)", ko: "\n    힌트: \($0)") } ?? ""
        switch fate {
        case .sent:
            let head = head.map { String($0.prefix(12)) }.map { language.says(", log head \($0)", ko: ", 로그 헤드 \($0)") }
            return language.says("\(name) sent", ko: "\(name) 전송") + (head ?? "")
        case .refused(let problem):
            return language.says("\(name) not sent: \(problem.message)", ko: "\(name) 전송 실패: \(problem.message)") + hint
        case .unknown(let problem):
            return language.says(
                "\(name) may not have come, and is not sent again: \(problem.message)",
                ko: "\(name) 도착 여부를 알 수 없으며 다시 보내지 않음: \(problem.message)"
            ) + hint
        }
    }
}
