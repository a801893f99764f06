/// Real time, as the runner sees it.
public protocol RunClock: Sendable {
    /// The time.
    func now() -> Timestamp
    /// Returns after `duration` of real time. Throws: `CancellationError`.
    func sleep(for duration: Duration) async throws
    /// How far the clocks of `zone`, a name of the IANA database, are ahead of UTC at `time`; nil for no such zone.
    func offset(of zone: String, at time: Timestamp) -> Duration?
}
