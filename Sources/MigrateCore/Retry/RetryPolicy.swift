/// How often and how long a step or probe is tried.
public struct RetryPolicy: Sendable, Hashable, Codable {
    /// Tries in all, at least 1; with `patience` only the time counts.
    public var attempts: Int
    /// Time to keep trying; nil counts attempts instead.
    public var patience: Duration?
    /// Wait before the second try.
    public var interval: Duration
    /// Longest wait between tries; waits double from `interval` up to it.
    public var ceiling: Duration

    /// Makes a policy.
    public init(attempts: Int, patience: Duration?, interval: Duration, ceiling: Duration) {
        self.attempts = attempts
        self.patience = patience
        self.interval = interval
        self.ceiling = ceiling
    }

    /// Looks once: a checklist item holds or it does not.
    public static let once = RetryPolicy(attempts: 1, patience: nil, interval: .seconds(5), ceiling: .seconds(30))

    /// Waits for the outside world: 10 minutes, polling every 5 s at first and every 30 s later.
    public static let waiting = RetryPolicy(
        attempts: 1,
        patience: .seconds(600),
        interval: .seconds(5),
        ceiling: .seconds(30)
    )

    /// Whether there is another try after `tries` of them (at least 1) that took no time beside their pauses.
    public func goesOn(afterTries tries: Int) -> Bool {
        let paused = (1..<tries).reduce(Duration.zero) { $0 + pause(afterTry: $1) }
        return delay(afterTry: tries, elapsed: paused) != nil
    }

    /// Pause after try `number` (from 1), whether or not there is a next one.
    public func pause(afterTry number: Int) -> Duration {
        min(interval * (1 << min(number - 1, 16)), ceiling)
    }

    /// Pause after try `number` (from 1) failed, `elapsed` after the first try began; nil when there is no next try.
    public func delay(afterTry number: Int, elapsed: Duration) -> Duration? {
        let wait = pause(afterTry: number)
        if let patience { return elapsed + wait <= patience ? wait : nil }
        return number < attempts ? wait : nil
    }
}
