extension Value {
    /// The value without the punctuation of JSON, for people to read; `nothing` for null.
    public var words: String {
        switch self {
        case .null: "nothing"
        case .object(let members):
            members.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.wordsWithin)" }.joined(separator: ", ")
        case .array(let elements):
            elements.map(\.words).joined(separator: elements.contains { $0.object != nil } ? "; " : " ")
        case .string, .integer, .number, .bool: interpolated
        }
    }

    private var wordsWithin: String {
        switch self {
        case .object: "(\(words))"
        case .array(let elements) where elements.contains { $0.object != nil }: "(\(words))"
        case .null, .string, .integer, .number, .bool, .array: words
        }
    }
}
