/// Why a document could not be read.
public struct XMLFault: Error, Sendable, Equatable {
    /// Line, from 1.
    public var line: Int
    /// Column in bytes, from 0.
    public var column: Int
    /// Expat's or our reason.
    public var reason: String

    /// Makes a fault.
    public init(line: Int, column: Int, reason: String) {
        self.line = line
        self.column = column
        self.reason = reason
    }
}
