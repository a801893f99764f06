/// Turns a `Value` back into a `Decodable` type.
public enum ValueDecoder {
    /// Decodes a `type` from `value`.
    ///
    /// Throws: `DecodingError` with the path of what does not fit.
    public static func decode<T: Decodable>(_ type: T.Type, from value: Value) throws -> T {
        try ValueNodeDecoder(value: value, path: .root).read(type)
    }
}

struct ValueNodeDecoder: Decoder, SingleValueDecodingContainer {
    let value: Value
    let path: ValuePath
    var codingPath: [any CodingKey] { path.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch([String: Value].self, "mapping") }
        return KeyedDecodingContainer(ValueKeyedContainer<Key>(members: members, path: path))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch([Value].self, "list") }
        return ValueUnkeyedContainer(elements: elements, path: path)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { value.isNull }

    func decode<T: Decodable>(_ type: T.Type) throws -> T { try read(type) }

    func decode<T: Decodable & FixedWidthInteger>(_ type: T.Type) throws -> T { try whole(type) }

    func read<T: Decodable>(_ type: T.Type) throws -> T {
        if let leaf = Self.leaf(type, value) { return leaf }
        if type == Duration.self { throw mismatch(type, "milliseconds") }
        return try T(from: self)
    }

    /// What `value` is as a `type` that has no parts; nil when it does not fit, or the type has parts.
    ///
    /// Why by type first: the generic path makes a container for each leaf, and journals are mostly leaves.
    static func leaf<T>(_ type: T.Type, _ value: Value) -> T? {
        if type == String.self { return value.string as? T }
        if type == Value.self { return value as? T }
        if type == Int.self { return value.integer.flatMap { Int(exactly: $0) } as? T }
        if type == Int64.self { return value.integer as? T }
        if type == Bool.self { return value.bool as? T }
        if type == Double.self { return value.number as? T }
        if type == Duration.self { return Duration(value: value) as? T }
        if type == [String: Value].self { return value.object as? T }
        return nil
    }

    private func whole<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
        guard let number = value.integer, let result = T(exactly: number) else { throw mismatch(type, "whole number") }
        return result
    }

    func decode(_ type: String.Type) throws -> String {
        guard let text = value.string else { throw mismatch(type, "string") }
        return text
    }
    func decode(_ type: Bool.Type) throws -> Bool {
        guard let truth = value.bool else { throw mismatch(type, "boolean") }
        return truth
    }
    func decode(_ type: Double.Type) throws -> Double {
        guard let number = value.number else { throw mismatch(type, "number") }
        return number
    }
    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try whole(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try whole(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try whole(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try whole(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try whole(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try whole(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try whole(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try whole(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try whole(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try whole(type) }

    private func mismatch(_ type: Any.Type, _ wanted: String) -> DecodingError {
        .typeMismatch(
            type,
            .init(codingPath: codingPath, debugDescription: "\(wanted) expected, \(value.typeName) found")
        )
    }
}

private struct ValueKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [String: Value]
    let path: ValuePath
    var codingPath: [any CodingKey] { path.keys }

    var allKeys: [Key] {
        var keys: [Key] = []
        for name in members.keys {
            if let key = Key(stringValue: name) { keys.append(key) }
        }
        return keys
    }
    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }

    private func node(_ key: some CodingKey) throws -> ValueNodeDecoder {
        guard let value = members[key.stringValue] else {
            throw DecodingError.keyNotFound(
                key,
                .init(codingPath: codingPath, debugDescription: "`\(key.stringValue)` is missing")
            )
        }
        return ValueNodeDecoder(value: value, path: .member(key, of: path))
    }

    func decodeNil(forKey key: Key) throws -> Bool { members[key.stringValue]?.isNull ?? true }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        if let value = members[key.stringValue], let leaf = ValueNodeDecoder.leaf(type, value) { return leaf }
        return try node(key).read(type)
    }
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try node(key).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try node(key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder { ValueNodeDecoder(value: .object(members), path: path) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try node(key) }
}

private struct ValueUnkeyedContainer: UnkeyedDecodingContainer {
    let elements: [Value]
    let path: ValuePath
    var codingPath: [any CodingKey] { path.keys }
    var currentIndex = 0
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    init(elements: [Value], path: ValuePath) {
        self.elements = elements
        self.path = path
    }

    private mutating func next() throws -> ValueNodeDecoder {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Value.self,
                .init(codingPath: codingPath, debugDescription: "list ends too early")
            )
        }
        defer { currentIndex += 1 }
        return ValueNodeDecoder(value: elements[currentIndex], path: path)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().read(type) }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}
