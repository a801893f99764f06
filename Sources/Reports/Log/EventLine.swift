import MigrateCore

/// One event in words, as the terminal, the log, the board and the report tell it.
public struct EventLine: Sendable, Hashable {
    /// Number of the event in its run.
    public var number: Int
    /// When it happened.
    public var at: Timestamp
    /// Step that it is about; nil for the run.
    public var step: StepID?
    /// Sign in front of it: `✓`; empty for the run.
    public var mark: String
    /// What happened; more than one line where a hint or versions follow.
    public var text: String

    /// Words for `entry`; nil for what is of no interest to people.
    public init?(_ entry: JournalEntry, in plan: Plan, language: Language) {
        number = entry.sequence
        at = entry.at
        step = entry.event.step
        switch entry.event {
        case .run(let fact):
            guard let words = Self.words(for: fact, in: plan, language: language) else { return nil }
            (mark, text) = ("", words)
        case .step(_, let fact):
            guard let words = Self.words(for: fact, in: language) else { return nil }
            (mark, text) = words
        case .change(let attempt, let fact):
            guard let words = Self.words(for: fact, attempt, in: language) else { return nil }
            (mark, text) = words
        }
    }

    /// The event as one line of a terminal or a file; a hint or versions follow on lines of their own.
    public func rendered(_ style: Style = .unbounded) -> String {
        let rest = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var line = Line("\(at.clockText)  ", style.usesColor ? .faint : .plain)
        if let step {
            line.add("\(mark) ", tone)
            line.add("\(step)", .strong)
            line.add("  ")
        }
        line.add(rest.first ?? "", tone == .bad ? .bad : .plain)
        return ([line.rendered(style)] + rest.dropFirst().map { Line($0).rendered(style) }).joined(separator: "\n")
    }

    /// What the sign says.
    var tone: Tone {
        switch mark {
        case "✓", "=": .good
        case "✗", "≠": .bad
        case "!", "?": .caution
        case "…": .busy
        default: .plain
        }
    }

    /// `tone` in a word: `good`, `bad`, `warn`, `wait` or `plain`.
    var toneWord: String {
        switch tone {
        case .good: "good"
        case .bad: "bad"
        case .caution: "warn"
        case .busy: "wait"
        case .plain, .strong, .faint: "plain"
        }
    }
}
