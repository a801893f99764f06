import MigrateCore

/// Words about whoever holds a run.
extension Phrasebook {
    static func message(for held: LeaseHeld, in language: Language) -> Message {
        let words = words(held.holder, in: language)
        guard held.isExpired else {
            return Message(
                language.says("\(words) holds this run", ko: "\(words)이(가) 이 실행을 점유 중"),
                hint: language.says(
                    "`migrate status` shows what it does; `migrate back-out` reaches it",
                    ko: "무엇을 하는지 보려면 `migrate status`; `migrate back-out`은 그 프로세스에 전달됨"
                ),
                .leaseHeld
            )
        }
        let length = LeaseRecord.lifetime.shortText(in: language)
        return Message(
            language.says(
                "\(words) holds this run and has not been heard of for over \(length)",
                ko: "\(words)이(가) 이 실행을 점유 중이나 \(length) 넘게 소식이 없음"
            ),
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
