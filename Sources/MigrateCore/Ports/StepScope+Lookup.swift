/// A name in `${…}` that means nothing where it stands.
public struct UnknownName: Error, Sendable, Hashable {
    /// Path, as written between the dots.
    public var path: [String]
    /// Makes the error.
    public init(path: [String]) { self.path = path }
}

extension StepScope {
    /// Value of the fact at `path`.
    ///
    /// Throws: `UnknownName` when there is none; a fact that is null counts as known.
    public func value(at path: [String]) throws -> Value { try Self.value(at: path, in: facts) }

    /// Value of the fact at `path` in `facts`.
    ///
    /// Throws: `UnknownName` when there is none.
    public static func value(at path: [String], in facts: [String: Value]) throws -> Value {
        guard let first = path.first, var value = facts[first] else { throw UnknownName(path: path) }
        for name in path.dropFirst() {
            if let index = Int(name), let elements = value.array, elements.indices.contains(index) {
                value = elements[index]
            } else if let member = value.object?[name] {
                value = member
            } else {
                throw UnknownName(path: path)
            }
        }
        return value
    }
}
