/// Turns `Encodable` types into a `Value`, so that journal, JSON output and digests share one form.
public enum ValueEncoder {
    /// Encodes `subject`.
    ///
    /// Throws: what the subject's own `encode(to:)` throws.
    public static func encode(_ subject: some Encodable) throws -> Value {
        if let value = subject as? Value { return value }
        let slot = Slot()
        try subject.encode(to: SlotEncoder(slot: slot, codingPath: []))
        return slot.value
    }
}

extension Value: Codable {
    /// Reads a value through any decoder; whole numbers stay whole.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? ValueNodeDecoder {
            self = decoder.value
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let truth = try? container.decode(Bool.self) {
            self = .bool(truth)
        } else if let whole = try? container.decode(Int64.self) {
            self = .integer(whole)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let elements = try? container.decode([Value].self) {
            self = .array(elements)
        } else {
            self = .object(try container.decode([String: Value].self))
        }
    }

    /// Writes a value through any encoder.
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? SlotEncoder {
            encoder.slot.content = .leaf(self)
            return
        }
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let truth): try container.encode(truth)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }
}

/// A place that an encoder fills; a class, because containers outlive the call that made them.
private final class Slot {
    enum Content {
        case empty
        case leaf(Value)
        case members([String: Slot])
        case elements([Slot])
    }
    var content = Content.empty

    var value: Value {
        switch content {
        case .empty: .object([:])
        case .leaf(let value): value
        case .members(let members): .object(members.mapValues(\.value))
        case .elements(let elements): .array(elements.map(\.value))
        }
    }

    func member(_ name: String) -> Slot {
        let slot = Slot()
        if case .members(var members) = content {
            content = .empty
            members[name] = slot
            content = .members(members)
        } else {
            content = .members([name: slot])
        }
        return slot
    }

    func element() -> Slot {
        let slot = Slot()
        if case .elements(var elements) = content {
            content = .empty
            elements.append(slot)
            content = .elements(elements)
        } else {
            content = .elements([slot])
        }
        return slot
    }

    var elementCount: Int {
        if case .elements(let elements) = content { elements.count } else { 0 }
    }

    func fill(_ subject: some Encodable, path: [any CodingKey]) throws {
        switch subject {
        case let text as String: content = .leaf(.string(text))
        case let truth as Bool: content = .leaf(.bool(truth))
        case let number as Double: content = .leaf(.number(number))
        case let duration as Duration: content = .leaf(duration.value)
        case let number as any BinaryInteger & Encodable:
            guard let whole = Int64(exactly: number) else {
                throw EncodingError.invalidValue(
                    number,
                    .init(codingPath: path, debugDescription: "`\(number)` does not fit 64 bits with a sign")
                )
            }
            content = .leaf(.integer(whole))
        default: try subject.encode(to: SlotEncoder(slot: self, codingPath: path))
        }
    }
}

private struct SlotEncoder: Encoder {
    let slot: Slot
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .empty = slot.content { slot.content = .members([:]) }
        return KeyedEncodingContainer(SlotKeyedContainer<Key>(slot: slot, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .empty = slot.content { slot.content = .elements([]) }
        return SlotUnkeyedContainer(slot: slot, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SlotSingleContainer(slot: slot, codingPath: codingPath)
    }
}

private struct SlotKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: Slot
    let codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) throws { slot.member(key.stringValue).content = .leaf(.null) }
    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try slot.member(key.stringValue).fill(value, path: codingPath + [key])
    }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        SlotEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key]).container(keyedBy: keyType)
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        SlotEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { SlotEncoder(slot: slot.member("super"), codingPath: codingPath) }
    mutating func superEncoder(forKey key: Key) -> any Encoder {
        SlotEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct SlotUnkeyedContainer: UnkeyedEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]
    var count: Int { slot.elementCount }

    mutating func encodeNil() throws { slot.element().content = .leaf(.null) }
    mutating func encode<T: Encodable>(_ value: T) throws { try slot.element().fill(value, path: codingPath) }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        SlotEncoder(slot: slot.element(), codingPath: codingPath).container(keyedBy: keyType)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        SlotEncoder(slot: slot.element(), codingPath: codingPath).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { SlotEncoder(slot: slot.element(), codingPath: codingPath) }
}

private struct SlotSingleContainer: SingleValueEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]

    mutating func encodeNil() throws { slot.content = .leaf(.null) }
    mutating func encode<T: Encodable>(_ value: T) throws { try slot.fill(value, path: codingPath) }
}
