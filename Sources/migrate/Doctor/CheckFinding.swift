import MigrateCore

/// What one check of `doctor` found.
struct CheckFinding: Sendable {
    /// What came of it.
    enum Outcome: Sendable, Equatable {
        case pass
        case fail
        /// It could not be checked, which is neither good nor bad.
        case unknown
    }

    /// What was checked.
    var what: String
    /// What was seen.
    var seen: String
    /// What came of it.
    var outcome: Outcome
    /// What to do about it.
    var hint: String?

    /// Makes a finding that is good or bad.
    init(_ what: String, _ seen: String, isGood: Bool, hint: String? = nil) {
        self.init(what, seen, isGood ? .pass : .fail, hint: isGood ? nil : hint)
    }

    /// Makes a finding.
    init(_ what: String, _ seen: String, _ outcome: Outcome, hint: String? = nil) {
        self.what = what
        self.seen = seen
        self.outcome = outcome
        self.hint = hint
    }

    /// Makes a finding of a check that `error` ended; `hint` stands where the error has none of its own.
    static func failed(
        _ what: String,
        _ error: any Error,
        hint: String? = nil,
        in language: Language
    ) -> CheckFinding {
        let message = Phrasebook.message(for: error, in: language)
        return CheckFinding(what, message.text, .fail, hint: message.hint ?? hint)
    }

    /// For a terminal: a line, and one for the hint.
    func text(in language: Language) -> String {
        let mark =
            switch outcome {
            case .pass: "✓"
            case .fail: "✗"
            case .unknown: "?"
            }
        return "\(mark) \(what): \(seen)"
            + (hint.map { "\n    \(language.says("hint", ko: "힌트")): \($0)" } ?? "")
    }

    /// For programs; `pass` is null when it could not be checked.
    var json: Value {
        let pass: Value =
            switch outcome {
            case .pass: true
            case .fail: false
            case .unknown: .null
            }
        return [
            "check": .string(what), "seen": .string(seen), "pass": pass, "hint": hint.map { .string($0) } ?? .null,
        ]
    }
}
