/// Turns a `Value` back into a `Decodable` type.
public enum ValueDecoder {
    /// Decodes a `type` from `value`.
    ///
    /// Throws: `DecodingError` with the path of what does not fit.
    public static func decode<T: Decodable>(_ type: T.Type, from value: Value) throws -> T {
        try ValueNodeDecoder(value: value, codingPath: []).read(type)
    }
}

struct ValueNodeDecoder: Decoder, SingleValueDecodingContainer {
    let value: Value
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch([String: Value].self, "mapping") }
        return KeyedDecodingContainer(ValueKeyedContainer<Key>(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch([Value].self, "list") }
        return ValueUnkeyedContainer(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { value.isNull }

    func decode<T: Decodable>(_ type: T.Type) throws -> T { try read(type) }

    func decode<T: Decodable & FixedWidthInteger>(_ type: T.Type) throws -> T { try whole(type) }

    func read<T: Decodable>(_ type: T.Type) throws -> T {
        // Why by type first: the generic path makes a container for each leaf, and journals are mostly leaves.
        if type == String.self, let text = value.string as? T { return text }
        if type == Bool.self, let truth = value.bool as? T { return truth }
        if type == Int.self { return try cast(whole(Int.self), type) }
        if type == Int64.self { return try cast(whole(Int64.self), type) }
        if type == Double.self, let number = value.number as? T { return number }
        if type == Value.self { return try cast(value, type) }
        if type == Duration.self {
            guard let duration = Duration(value: value) else { throw mismatch(type, "milliseconds") }
            return try cast(duration, type)
        }
        return try T(from: self)
    }

    private func cast<T>(_ result: Any, _ type: T.Type) throws -> T {
        guard let result = result as? T else { throw mismatch(type, "\(type)") }
        return result
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
    let codingPath: [any CodingKey]

    var allKeys: [Key] { members.keys.compactMap { Key(stringValue: $0) } }
    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }

    private func node(_ key: some CodingKey) throws -> ValueNodeDecoder {
        guard let value = members[key.stringValue] else {
            throw DecodingError.keyNotFound(
                key,
                .init(codingPath: codingPath, debugDescription: "`\(key.stringValue)` is missing")
            )
        }
        return ValueNodeDecoder(value: value, codingPath: codingPath + [key])
    }

    func decodeNil(forKey key: Key) throws -> Bool { members[key.stringValue]?.isNull ?? true }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try node(key).read(type) }
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try node(key).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try node(key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder { ValueNodeDecoder(value: .object(members), codingPath: codingPath) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try node(key) }
}

private struct ValueUnkeyedContainer: UnkeyedDecodingContainer {
    let elements: [Value]
    let codingPath: [any CodingKey]
    var currentIndex = 0
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    init(elements: [Value], codingPath: [any CodingKey]) {
        self.elements = elements
        self.codingPath = codingPath
    }

    private mutating func next() throws -> ValueNodeDecoder {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Value.self,
                .init(codingPath: codingPath, debugDescription: "list ends too early")
            )
        }
        defer { currentIndex += 1 }
        return ValueNodeDecoder(value: elements[currentIndex], codingPath: codingPath)
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
