/// Turns `Encodable` types into a `Value`, so that journal, JSON output and digests share one form.
public enum ValueEncoder {
    /// Encodes `subject`.
    ///
    /// Throws: what the subject's own `encode(to:)` throws.
    public static func encode(_ subject: some Encodable) throws -> Value {
        try Slot.content(subject, path: .root).value
    }

    /// Canonical JSON of `subject`, the same bytes as those of its value.
    ///
    /// Why beside `encode`: journals write much, and the value in between costs as much as the rest.
    /// Throws: what the subject's own `encode(to:)` throws.
    public static func bytes(of subject: some Encodable) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024)
        try Slot.content(subject, path: .root).write(into: &bytes)
        return bytes
    }

    /// Canonical JSON of `event`; the same bytes as by way of `Encodable`, which most events need not go.
    ///
    /// Throws: as for any other subject.
    public static func bytes(of event: RunEvent) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024)
        if !event.write(into: &bytes) { try Slot.content(event, path: .root).write(into: &bytes) }
        return bytes
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
            encoder.slot.shape = .leaf(self)
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
    /// What is known of a member or an element.
    enum Content {
        case value(Value)
        case slot(Slot)

        var value: Value {
            switch self {
            case .value(let value): value
            case .slot(let slot): slot.value
            }
        }

        func write(into out: inout [UInt8]) {
            switch self {
            case .value(let value): value.write(into: &out)
            case .slot(let slot): slot.write(into: &out)
            }
        }
    }

    enum Shape {
        case empty
        case leaf(Value)
        case members
        case elements
    }

    var shape = Shape.empty
    // Why lists and no dictionary: names are looked up by nobody until the value is made.
    private var members: [(name: String, content: Content)] = []
    private var elements: [Content] = []

    var value: Value {
        switch shape {
        case .empty: return .object([:])
        case .leaf(let value): return value
        case .elements: return .array(elements.map(\.value))
        case .members:
            var values: [String: Value] = Dictionary(minimumCapacity: members.count)
            for member in members { values[member.name] = member.content.value }
            return .object(values)
        }
    }

    func write(into out: inout [UInt8]) {
        switch shape {
        case .empty: out += "{}".utf8
        case .leaf(let value): value.write(into: &out)
        case .elements:
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                element.write(into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .members:
            out.append(UInt8(ascii: "{"))
            members.sort { Value.precedes($0.name, $1.name) }
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Value.write(member.name, into: &out)
                out.append(UInt8(ascii: ":"))
                member.content.write(into: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    func add(_ content: Content, as name: String) {
        shape = .members
        // Why looked for: an encoder may write a name twice, and the last one counts.
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].content = content
        } else {
            members.append((name, content))
        }
    }

    func add(_ content: Content) {
        shape = .elements
        elements.append(content)
    }

    func member(_ name: String) -> Slot {
        let slot = Slot()
        add(.slot(slot), as: name)
        return slot
    }

    func element() -> Slot {
        let slot = Slot()
        add(.slot(slot))
        return slot
    }

    var elementCount: Int { elements.count }

    func fill<T: Encodable>(_ subject: T, path: ValuePath) throws {
        if let leaf = Self.leaf(subject) {
            shape = .leaf(leaf)
        } else {
            try subject.encode(to: SlotEncoder(slot: self, path: path))
        }
    }

    /// Content for `subject`, without a slot of its own where it needs none.
    static func content<T: Encodable>(_ subject: T, path: @autoclosure () -> ValuePath) throws -> Content {
        if let leaf = leaf(subject) { return .value(leaf) }
        let slot = Slot()
        try subject.encode(to: SlotEncoder(slot: slot, path: path()))
        return .slot(slot)
    }

    /// Value of what has no parts.
    ///
    /// Why types are compared first: a cast looks for conformances each time, and bodies are mostly leaves.
    private static func leaf<T: Encodable>(_ subject: T) -> Value? {
        if T.self == String.self, let text = subject as? String { return .string(text) }
        if T.self == Value.self, let value = subject as? Value { return value }
        if T.self == Int.self, let number = subject as? Int { return .integer(Int64(number)) }
        if T.self == Int64.self, let number = subject as? Int64 { return .integer(number) }
        if T.self == Bool.self, let truth = subject as? Bool { return .bool(truth) }
        if T.self == Double.self, let number = subject as? Double { return .number(number) }
        if T.self == Duration.self, let duration = subject as? Duration { return duration.value }
        if T.self == [String: Value].self, let members = subject as? [String: Value] { return .object(members) }
        return nil
    }
}

private struct SlotEncoder: Encoder {
    let slot: Slot
    let path: ValuePath
    var codingPath: [any CodingKey] { path.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .empty = slot.shape { slot.shape = .members }
        return KeyedEncodingContainer(SlotKeyedContainer<Key>(slot: slot, path: path))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .empty = slot.shape { slot.shape = .elements }
        return SlotUnkeyedContainer(slot: slot, path: path)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SlotSingleContainer(slot: slot, path: path) }
}

private struct SlotKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: Slot
    let path: ValuePath
    var codingPath: [any CodingKey] { path.keys }

    mutating func encodeNil(forKey key: Key) throws { slot.add(.value(.null), as: key.stringValue) }
    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        slot.add(try Slot.content(value, path: .member(key, of: path)), as: key.stringValue)
    }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        SlotEncoder(slot: slot.member(key.stringValue), path: .member(key, of: path)).container(keyedBy: keyType)
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        SlotEncoder(slot: slot.member(key.stringValue), path: .member(key, of: path)).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { SlotEncoder(slot: slot.member("super"), path: path) }
    mutating func superEncoder(forKey key: Key) -> any Encoder {
        SlotEncoder(slot: slot.member(key.stringValue), path: .member(key, of: path))
    }
}

private struct SlotUnkeyedContainer: UnkeyedEncodingContainer {
    let slot: Slot
    let path: ValuePath
    var codingPath: [any CodingKey] { path.keys }
    var count: Int { slot.elementCount }

    mutating func encodeNil() throws { slot.add(.value(.null)) }
    mutating func encode<T: Encodable>(_ value: T) throws { slot.add(try Slot.content(value, path: path)) }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        SlotEncoder(slot: slot.element(), path: path).container(keyedBy: keyType)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        SlotEncoder(slot: slot.element(), path: path).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { SlotEncoder(slot: slot.element(), path: path) }
}

private struct SlotSingleContainer: SingleValueEncodingContainer {
    let slot: Slot
    let path: ValuePath
    var codingPath: [any CodingKey] { path.keys }

    mutating func encodeNil() throws { slot.shape = .leaf(.null) }
    mutating func encode<T: Encodable>(_ value: T) throws {
        // Why the first branch: ids and times are all that comes here on most days, and casts are slow. Numbers
        // of other widths encode themselves through this container.
        if T.self == String.self || T.self == Int64.self {
            try slot.fill(value, path: path)
        } else if let number = value as? any BinaryInteger {
            guard let whole = Int64(exactly: number) else {
                throw EncodingError.invalidValue(
                    number,
                    .init(codingPath: codingPath, debugDescription: "`\(number)` does not fit 64 bits with a sign")
                )
            }
            slot.shape = .leaf(.integer(whole))
        } else if let number = value as? Float {
            slot.shape = .leaf(.number(Double(number)))
        } else {
            try slot.fill(value, path: path)
        }
    }
}
