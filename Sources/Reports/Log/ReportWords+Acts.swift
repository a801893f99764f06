import MigrateCore

/// Words about what people do to a run.
extension ReportWords {
    /// What somebody asked for.
    public static func text(of act: RunRequest.Act, in language: Language) -> String {
        switch act {
        case .approve(let name, _, _, _): language.says("approve \(name)", ko: "\(name) 승인")
        case .revoke(let name): language.says("take back the approval \(name)", ko: "\(name) 승인 철회")
        case .resume: language.says("resume", ko: "재개")
        case .cancel(let reason): language.says("give the run up: \(reason)", ko: "실행 취소: \(reason)")
        case .accept(let phase, let reason):
            language.says("let \(phase) go on: \(reason)", ko: "\(phase) 그대로 진행: \(reason)")
        case .reject(let name, _): language.says("reject \(name)", ko: "\(name) 승인 거부")
        case .pause: language.says("pause", ko: "일시 중지")
        case .backOut: language.says("back out", ko: "트래픽을 기존 환경으로 되돌리기")
        case .skip(let step, let reason): language.says("skip \(step): \(reason)", ko: "\(step) 건너뛰기: \(reason)")
        case .retry(let step): language.says("retry \(step)", ko: "\(step) 다시 시도")
        case .keepAsIs(let step, let reason):
            language.says("leave \(step) as it is: \(reason)", ko: "\(step) 그대로 두기: \(reason)")
        case .resolve(let step, true, _): language.says("resolve \(step) as applied", ko: "\(step) 적용됨으로 판정")
        case .resolve(let step, false, _):
            language.says("resolve \(step) as not applied", ko: "\(step) 적용되지 않음으로 판정")
        case .done(let step, _): language.says("done \(step)", ko: "\(step) 작업 완료")
        }
    }

    /// What a revision brought, a line each.
    public static func lines(of revision: PlanRevision, in language: Language) -> [String] {
        let number = revision.number
        var lines = [language.says("the run goes on with definition \(number)", ko: "정의 \(number)에 따라 계속 진행")]
        let parts = [
            (language.says("added", ko: "추가"), revision.added), (language.says("removed", ko: "삭제"), revision.removed),
            (language.says("changed", ko: "변경"), revision.changed),
        ]
        for (word, steps) in parts {
            guard !steps.isEmpty else { continue }
            lines.append("\(word): \(steps.map { "`\($0)`" }.joined(separator: ", "))")
        }
        return lines
    }
}
