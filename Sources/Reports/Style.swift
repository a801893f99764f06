/// How a report is drawn.
public struct Style: Sendable, Hashable {
    /// Whether colours are used.
    public var usesColor: Bool
    /// Whether only ASCII is written.
    public var isPlain: Bool
    /// Language of titles.
    public var language: String
    /// Cells a line may have.
    public var width: Int

    /// Makes a style.
    public init(usesColor: Bool = false, isPlain: Bool = false, language: String = "en", width: Int = 80) {
        self.usesColor = usesColor
        self.isPlain = isPlain
        self.language = language
        self.width = width
    }

    enum Ink: String {
        case good = "32"
        case bad = "31"
        case busy = "36"
        case careful = "33"
        case quiet = "2"
        case strong = "1"
    }

    func ink(_ text: String, _ ink: Ink?) -> String {
        guard usesColor, let ink else { return text }
        return "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m"
    }
}

/// Mark and ink of each state of a step.
enum StateMark {
    static func mark(_ state: String, plain: Bool) -> String {
        switch state {
        case "succeeded": plain ? "ok" : "✓"
        case "already_satisfied": plain ? "=" : "="
        case "in_progress", "prechecking", "verifying", "ready": plain ? ">" : "▸"
        case "soaking", "waiting_approval": plain ? "~" : "…"
        case "failed", "timed_out", "rollback_failed": plain ? "x" : "✗"
        case "inconclusive", "in_doubt": "?"
        case "skipped", "canceled", "rollback_skipped": "-"
        case "rolling_back", "rolled_back": plain ? "<" : "↶"
        case "kept": plain ? "k" : "⚑"
        default: plain ? "." : "·"
        }
    }

    static func ink(_ state: String) -> Style.Ink? {
        switch state {
        case "succeeded": .good
        case "failed", "timed_out", "rollback_failed", "in_doubt": .bad
        case "in_progress", "prechecking", "verifying", "ready", "rolling_back": .busy
        case "soaking", "waiting_approval", "inconclusive": .careful
        default: .quiet
        }
    }
}
