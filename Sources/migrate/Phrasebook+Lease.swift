import MigrateCore

/// Words about whoever holds a run.
extension Phrasebook {
    /// Who holds the run, for how long, and what it is doing.
    static func message(for held: LeaseHeld, age: Duration, at steps: [StepID], in language: Language) -> Message {
        let holder = held.holder
        let who = "\(holder.user)@\(holder.host)"
        let length = age.shortText(in: language)
        let words = language.says(
            "\(who) (process \(holder.process), `\(holder.operation)`) has held this run for \(length)",
            ko: "\(who)(프로세스 \(holder.process), `\(holder.operation)`)이(가) \(length) 동안 이 실행을 점유 중"
        )
        guard held.isExpired else {
            let names = quoted(steps)
            let doing = steps.isEmpty ? "" : language.says("; at work: \(names)", ko: "; 진행 중: \(names)")
            return Message(
                words + doing,
                hint: language.says(
                    "`migrate status` shows what it does; `migrate back-out` reaches it",
                    ko: "무엇을 하는지 보려면 `migrate status`; `migrate back-out`은 그 프로세스에 전달됨"
                ),
                .leaseHeld
            )
        }
        let silence = LeaseRecord.lifetime.shortText(in: language)
        return Message(
            words + language.says("; not heard of for over \(silence)", ko: "; \(silence) 넘게 소식이 없음"),
            hint: language.says("if it is gone, `migrate takeover`", ko: "사라진 것이 확실하면 `migrate takeover`"),
            .leaseHeld
        )
    }

    static func words(_ holder: LeaseRecord, in language: Language) -> String {
        language.says(
            "\(holder.user)@\(holder.host) (process \(holder.process), `\(holder.operation)`, since \(holder.acquiredAt))",
            ko: "\(holder.user)@\(holder.host)(프로세스 \(holder.process), `\(holder.operation)`, \(holder.acquiredAt)부터)"
        )
    }
}
