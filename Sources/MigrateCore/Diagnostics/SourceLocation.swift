/// A place in a file.
public struct SourceLocation: Sendable, Hashable, Codable {
    /// File as named by whoever opened it.
    public var file: String
    /// Line, from 1.
    public var line: Int
    /// Column in characters, from 1.
    public var column: Int

    /// Makes a place.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}
