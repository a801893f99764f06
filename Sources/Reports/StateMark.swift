/// Sign and tone of a step's state; the word stands beside it, so that nothing depends on either.
struct StateMark: Sendable, Hashable {
    var sign: String
    var tone: Tone

    /// Mark of the state named `word`, one of those that `StepRecord.word` gives.
    ///
    /// A word of a newer tool gets a sign that claims nothing; the word itself is shown.
    init(word: String) { self = Self.marks[word] ?? StateMark(sign: "?", tone: .caution) }

    private init(sign: String, tone: Tone) {
        self.sign = sign
        self.tone = tone
    }

    /// Words that have a mark of their own.
    static var words: Set<String> { Set(marks.keys) }

    private static let marks: [String: StateMark] = [
        "pending": StateMark(sign: "·", tone: .faint),
        "blocked": StateMark(sign: "…", tone: .caution),
        "drifted": StateMark(sign: "≠", tone: .bad),
        "ready": StateMark(sign: "▸", tone: .busy),
        "prechecking": StateMark(sign: "▸", tone: .busy),
        "in_progress": StateMark(sign: "▸", tone: .busy),
        "verifying": StateMark(sign: "▸", tone: .busy),
        "soaking": StateMark(sign: "…", tone: .busy),
        "waiting_approval": StateMark(sign: "…", tone: .caution),
        "succeeded": StateMark(sign: "✓", tone: .good),
        "already_satisfied": StateMark(sign: "=", tone: .good),
        "skipped": StateMark(sign: "-", tone: .caution),
        "failed": StateMark(sign: "✗", tone: .bad),
        "timed_out": StateMark(sign: "✗", tone: .bad),
        "inconclusive": StateMark(sign: "?", tone: .caution),
        "in_doubt": StateMark(sign: "?", tone: .bad),
        "canceled": StateMark(sign: "-", tone: .caution),
        "rolling_back": StateMark(sign: "↶", tone: .busy),
        "rolled_back": StateMark(sign: "↶", tone: .good),
        "rollback_failed": StateMark(sign: "✗", tone: .bad),
        "rollback_skipped": StateMark(sign: "-", tone: .caution),
        "kept": StateMark(sign: "■", tone: .plain),
    ]
}
