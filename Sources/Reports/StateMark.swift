import MigrateCore

/// Sign and tone of a step's state; the word stands beside it, so that nothing depends on either.
struct StateMark: Sendable, Hashable {
    var sign: String
    var tone: Tone
    /// Word for the state in Korean, the board's; nil for a word of a newer tool.
    private var korean: String?

    /// Mark of the state named `word`, one of those that `StepRecord.word` gives.
    ///
    /// A word of a newer tool gets a sign that claims nothing; the word itself is shown.
    init(word: String) { self = Self.marks[word] ?? StateMark(sign: "?", tone: .caution, korean: nil) }

    private init(sign: String, tone: Tone, korean: String?) {
        self.sign = sign
        self.tone = tone
        self.korean = korean
    }

    /// What the state named `word` is called in `language`; the name itself where there is nothing better.
    static func name(of word: String, in language: Language) -> String {
        language.says(word, ko: marks[word]?.korean ?? word)
    }

    /// Words that have a mark of their own.
    static var words: Set<String> { Set(marks.keys) }

    private static let marks: [String: StateMark] = [
        "pending": StateMark(sign: "·", tone: .faint, korean: "예정"),
        "blocked": StateMark(sign: "…", tone: .caution, korean: "변경 창 대기"),
        "drifted": StateMark(sign: "≠", tone: .bad, korean: "어긋남"),
        "ready": StateMark(sign: "▸", tone: .busy, korean: "조건 확인"),
        "prechecking": StateMark(sign: "▸", tone: .busy, korean: "사전 점검"),
        "in_progress": StateMark(sign: "▸", tone: .busy, korean: "진행 중"),
        "verifying": StateMark(sign: "▸", tone: .busy, korean: "검증 중"),
        "soaking": StateMark(sign: "…", tone: .busy, korean: "관찰 중"),
        "waiting_approval": StateMark(sign: "…", tone: .caution, korean: "승인 대기"),
        "succeeded": StateMark(sign: "✓", tone: .good, korean: "성공"),
        "already_satisfied": StateMark(sign: "=", tone: .good, korean: "이미 충족"),
        "skipped": StateMark(sign: "-", tone: .caution, korean: "건너뜀"),
        "failed": StateMark(sign: "✗", tone: .bad, korean: "실패"),
        "timed_out": StateMark(sign: "✗", tone: .bad, korean: "시간 초과"),
        "inconclusive": StateMark(sign: "?", tone: .caution, korean: "판정 불가"),
        "in_doubt": StateMark(sign: "?", tone: .bad, korean: "결과 불명"),
        "canceled": StateMark(sign: "-", tone: .caution, korean: "취소됨"),
        "rolling_back": StateMark(sign: "↶", tone: .busy, korean: "되돌리는 중"),
        "rolled_back": StateMark(sign: "↶", tone: .good, korean: "되돌림"),
        "rollback_failed": StateMark(sign: "✗", tone: .bad, korean: "되돌리기 실패"),
        "rollback_skipped": StateMark(sign: "-", tone: .caution, korean: "되돌리지 않음"),
        "kept": StateMark(sign: "■", tone: .plain, korean: "보존"),
    ]
}
