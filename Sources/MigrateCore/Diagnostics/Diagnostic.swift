/// One mistake found in a runbook, an environment or what was given on the command line.
public struct Diagnostic: Sendable, Hashable, Error {
    /// What is wrong, one line, literals in backticks, no final full stop.
    public var message: String
    /// Where; nil when it concerns no place in a file.
    public var location: SourceLocation?
    /// How many characters the caret underlines, at least 1.
    public var length: Int
    /// What to do about it, one line.
    public var hint: String?

    /// Makes a diagnostic.
    public init(_ message: String, at location: SourceLocation?, length: Int = 1, hint: String? = nil) {
        self.message = message
        self.location = location
        self.length = max(1, length)
        self.hint = hint
    }
}

/// Every mistake that one reading found; never empty when thrown.
public struct Diagnostics: Error, Sendable, Hashable {
    /// Mistakes in reading order.
    public var all: [Diagnostic]
    /// Makes a list.
    public init(_ all: [Diagnostic]) { self.all = all }
}
