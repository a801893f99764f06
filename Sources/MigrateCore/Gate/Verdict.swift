/// Judgement of a probe.
///
/// Only `pass` passes.
public enum Verdict: Sendable, Hashable, Codable {
    /// What was wanted holds; one line says what was seen.
    case pass(String)
    /// It does not hold; one line says what was seen instead.
    case fail(String)
    /// No answer, or no permission to ask.
    case error(Problem)
    /// An answer from which nothing follows, such as no data.
    case inconclusive(String)

    /// Whether it passes.
    public var isPass: Bool {
        if case .pass = self { true } else { false }
    }

    /// One line for people.
    public var summary: String {
        switch self {
        case .pass(let seen), .fail(let seen), .inconclusive(let seen): seen
        case .error(let problem): problem.message
        }
    }

    /// Word for people and machines.
    public var word: String {
        switch self {
        case .pass: "pass"
        case .fail: "fail"
        case .error: "error"
        case .inconclusive: "inconclusive"
        }
    }
}

/// Something that went wrong outside, in words an operator can act on.
public struct Problem: Sendable, Hashable, Codable, Error {
    /// What went wrong, where, and what is known of the outside world; one line, no final full stop.
    public var message: String
    /// What to do about it, one line.
    public var hint: String?

    /// Makes a problem.
    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
