/// Judges one watch over time: go on, hold, or stop.
///
/// A failure stops at once. No data holds, and holding longer than allowed stops. Four errors in a row count as no
/// data.
public struct WatchJudge: Sendable, Hashable {
    /// What follows from the latest answer.
    public enum Ruling: Sendable, Hashable {
        /// All is well.
        case go
        /// Nothing follows yet; the soak does not count this time as quiet.
        case hold(String)
        /// Stop; why.
        case breach(String)
    }

    /// Errors in a row that are taken as noise.
    public static let toleratedErrors = 3
    /// How long a watch may hold before it stops.
    public let holdLimit: Duration
    private var errors = 0
    private var holdingSince: Timestamp?

    /// Makes a judge that has seen nothing.
    public init(holdLimit: Duration) { self.holdLimit = holdLimit }

    /// Takes in the latest verdict.
    public mutating func rule(on verdict: Verdict, at now: Timestamp) -> Ruling {
        switch verdict {
        case .pass:
            errors = 0
            holdingSince = nil
            return .go
        case .fail(let seen): return .breach(seen)
        case .error(let problem):
            errors += 1
            return errors > Self.toleratedErrors ? hold(problem.message, at: now) : .go
        case .inconclusive(let seen): return hold(seen, at: now)
        }
    }

    private mutating func hold(_ reason: String, at now: Timestamp) -> Ruling {
        let since = holdingSince ?? now
        holdingSince = since
        if now - since >= holdLimit { return .breach("nothing to judge by for \((now - since).shortText): \(reason)") }
        return .hold(reason)
    }
}
