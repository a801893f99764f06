import Synchronization

/// How far this machine's clock is from AWS's, as learned from refusals.
final class ClockSkew: Sendable {
    /// Difference from which a refusal is put down to the clock; signatures hold for five minutes.
    static let threshold = Duration.seconds(240)

    private static let codes: Set<String> = [
        "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    ]

    private let stored = Mutex(Duration.zero)

    /// To be added to this machine's clock.
    var offset: Duration {
        stored.withLock { $0 }
    }

    /// Learns from a refusal; true when the clock was the reason and the call is worth repeating.
    ///
    /// `dateHeader` is the answer's `Date`, `now` this machine's clock when the answer came.
    func learn(code: String, dateHeader: String?, now: AWSTimestamp) -> Bool {
        guard ClockSkew.codes.contains(code), let dateHeader, let there = AWSTimestamp(httpDate: dateHeader) else {
            return false
        }
        return stored.withLock { offset in
            let error = there.since(now.adding(offset))
            guard error > ClockSkew.threshold || error < .zero - ClockSkew.threshold else { return false }
            offset = there.since(now)
            return true
        }
    }
}
