extension Duration {
    /// Milliseconds as a value; a fraction only where there is one.
    ///
    /// Why: the library writes a pair of 64-bit halves of attoseconds, of which one does not fit a `Value`, and which
    /// nobody can read in a journal.
    var value: Value {
        let (seconds, attoseconds) = components
        let remainder = attoseconds % 1_000_000_000_000_000
        if remainder == 0 { return .integer(inMilliseconds) }
        return .number(Double(seconds) * 1000 + Double(attoseconds) / 1e15)
    }

    /// Reads what `value` gives; nil for what is no number, or is beyond what a duration holds.
    init?(value: Value) {
        switch value {
        case .integer(let milliseconds): self = .milliseconds(milliseconds)
        case .number(let milliseconds) where milliseconds.magnitude < 1e15:
            self = .nanoseconds(Int64((milliseconds * 1e6).rounded()))
        case .null, .bool, .number, .string, .array, .object: return nil
        }
    }
}
