import MigrateCore

/// Words that reports and the command line share.
public enum ReportWords {
    /// `3 steps`, `1 step`.
    public static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// Names of `steps`, neighbours that differ only in their item taken together: `push[mimir, loki]`.
    static func list(_ steps: [StepID]) -> String {
        var groups: [(before: String, items: [String], after: String)] = []
        for step in steps {
            let text = step.rawValue
            guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else {
                groups.append((text, [], ""))
                continue
            }
            let (before, after) = (String(text[..<open]), String(text[close...].dropFirst()))
            let item = String(text[open..<close].dropFirst())
            if let last = groups.last, last.before == before, last.after == after, !last.items.isEmpty {
                groups[groups.count - 1].items.append(item)
            } else {
                groups.append((before, [item], after))
            }
        }
        return groups.map { group in
            group.items.isEmpty ? group.before : "\(group.before)[\(group.items.joined(separator: ", "))]\(group.after)"
        }.joined(separator: ", ")
    }

    /// Id of `step` as a shell takes it for one word.
    ///
    /// Why: shells look for files by what stands in brackets, and some refuse the command when there are none.
    public static func argument(_ step: StepID) -> String {
        let isPlain = step.rawValue.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        return isPlain ? step.rawValue : "'\(step.rawValue.replacing("'", with: "'\\''"))'"
    }

    /// What coming back past a point of no return costs where the runbook does not say.
    public static func unknownReturnCost(in language: Language) -> String {
        language.says("coming back from here loses data", ko: "여기서 되돌리면 데이터를 잃음")
    }

    /// How a session ended.
    public static func text(of end: SessionEnd, in language: Language) -> String {
        switch end {
        case .goalReached: language.says("done as asked", ko: "요청한 대로 완료")
        case .paused(let reason):
            language.says("paused: \(reason.text(in: language))", ko: "일시 중지: \(reason.text(in: language))")
        case .backedOut(let reason):
            language.says(
                "backed out, traffic is home: \(reason)",
                ko: "트래픽을 기존 환경으로 되돌리고 멈춤: \(reason)"
            )
        case .rolledBack: language.says("rolled back", ko: "되돌리기 완료")
        case .rollbackFailed(let step):
            language.says("rollback stopped at `\(step)`", ko: "되돌리기가 `\(step)`에서 멈춤")
        case .stopped: language.says("stopped by the operator", ko: "운영자가 멈춤")
        case .answered: language.says("requests taken in", ko: "요청 접수 완료")
        }
    }

    /// What a session was asked to bring about.
    public static func text(of goal: RunGoal, in language: Language) -> String {
        switch goal {
        case .forward(_, _, let only?): language.says("run step \(only)", ko: "단계 \(only) 실행")
        case .forward(let from?, let through?, nil) where from == through:
            language.says("run \(from)", ko: "\(from) 실행")
        case .forward(_, let through?, nil): language.says("run through \(through)", ko: "\(through)까지 실행")
        case .forward(_, nil, nil): language.says("run to the end", ko: "끝까지 실행")
        case .rollback(let steps, _):
            language.says("roll back \(count(steps.count, "step"))", ko: "단계 \(steps.count)개 되돌리기")
        case .backOut(let reason):
            language.says("bring traffic home: \(reason)", ko: "트래픽을 기존 환경으로 되돌리기: \(reason)")
        case .answer: language.says("take in requests", ko: "요청 접수")
        }
    }

    /// Who holds a lease, with process and operation.
    public static func text(of holder: LeaseRecord, in language: Language) -> String {
        language.says(
            "\(holder.user)@\(holder.host), process \(holder.process), `\(holder.operation)`",
            ko: "\(holder.user)@\(holder.host), 프로세스 \(holder.process), `\(holder.operation)`"
        )
    }
}
