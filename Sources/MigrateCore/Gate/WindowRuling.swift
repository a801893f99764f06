/// Whether a change window is open at some time, and when it opens next.
public struct WindowRuling: Sendable, Hashable {
    /// When the window that is open now closes; nil when none is open.
    public var openUntil: Timestamp?
    /// When the next one opens; nil when none does within a fortnight.
    public var opensNext: Timestamp?
    /// When that one closes again.
    public var closesNext: Timestamp?
    /// The window as written, for people.
    public var text: String

    /// Makes a ruling.
    public init(openUntil: Timestamp?, opensNext: Timestamp?, closesNext: Timestamp? = nil, text: String) {
        self.openUntil = openUntil
        self.opensNext = opensNext
        self.closesNext = closesNext
        self.text = text
    }
}
