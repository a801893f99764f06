/// Why a text is not JSON.
public struct JSONFault: Error, Sendable, Equatable {
    /// Offset in bytes, from 0.
    public var offset: Int
    /// What was found or missed there.
    public var reason: String

    /// Makes a fault.
    public init(offset: Int, reason: String) {
        self.offset = offset
        self.reason = reason
    }
}
