/// What one signal after another means: the wish to stop, its echo, or the wish to end at once.
///
/// Why an echo: GNU `timeout` and others signal a process and then its whole group, so that one wish arrives as two
/// signals within milliseconds. Taken for a second wish, it would leave the call in hand in doubt.
public struct StopCalls: Sendable {
    /// What a signal means.
    public enum Meaning: Sendable, Hashable {
        /// To stop once the calls in hand are over.
        case stop
        /// The first once more.
        case echo
        /// To end at once.
        case endAtOnce
    }

    /// Time after the first signal within which another is its echo.
    public static let echo: Duration = .seconds(1)

    private var first: Duration?

    /// Makes one that has heard nothing.
    public init() {}

    /// Takes in a signal that came at `moment`, counted on a clock that nobody sets.
    public mutating func heard(at moment: Duration) -> Meaning {
        guard let first else {
            first = moment
            return .stop
        }
        return moment - first < Self.echo ? .echo : .endAtOnce
    }
}
