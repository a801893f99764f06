/// When a failed call is tried again: AWS's standard mode, bounded by what sending twice would do.
///
/// Pure: randomness is an argument.
struct RetryPolicy: Sendable {
    /// Longest delay before the second attempt.
    static let base = Duration.seconds(1)
    /// Longest delay before any attempt.
    static let cap = Duration.seconds(20)

    /// Most attempts of a call.
    static func attempts(_ idempotency: Idempotency) -> Int {
        switch idempotency {
        case .readOnly: 5
        case .token, .convergent, .once: 3
        }
    }

    /// How long to wait before the next attempt; nil when there must be none.
    ///
    /// `mayHaveApplied` tells whether this attempt may have had an effect, `attempt` counts from 1, `random` is at
    /// least 0 and less than 1.
    static func delay(
        after failure: FailureClass,
        idempotency: Idempotency,
        attempt: Int,
        mayHaveApplied: Bool,
        random: Double
    ) -> Duration? {
        guard attempt < attempts(idempotency) else { return nil }
        switch failure {
        case .permanent: return nil
        // Once more, in case a proxy's page hid a passing fault; an emulator's page for the unimplemented comes again.
        case .foreignPage where attempt > 1: return nil
        case .foreignPage, .transient, .throttled: break
        }
        switch idempotency {
        case .readOnly, .token, .convergent: break
        case .once where mayHaveApplied: return nil
        case .once: break
        }
        let longest = min(cap, base * (1 << min(attempt - 1, 10)))
        return longest * random
    }
}
