/// Real time, as the runner sees it.
public protocol RunClock: Sendable {
    /// The time.
    func now() -> Timestamp
    /// Returns after `duration` of real time. Throws: `CancellationError`.
    func sleep(for duration: Duration) async throws
}
