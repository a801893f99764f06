/// One header field.
public struct HTTPField: Sendable, Equatable {
    /// Name as sent; compare without regard to case.
    public var name: String
    /// Value.
    public var value: String

    /// Makes a field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
