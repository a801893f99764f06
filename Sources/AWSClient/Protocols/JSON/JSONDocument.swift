/// A JSON value of any shape, for documents that pass through unread.
public enum JSONDocument: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction or exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// Text.
    case string(String)
    /// A list.
    case array([JSONDocument])
    /// Members by name; their order is not kept.
    case object([String: JSONDocument])

    /// Member `name` of an object; nil for everything else.
    public subscript(_ name: String) -> JSONDocument? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text, of a string.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The entries, of an array.
    public var array: [JSONDocument]? {
        if case .array(let entries) = self { entries } else { nil }
    }

    /// The members, of an object.
    public var object: [String: JSONDocument]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The number, when it is whole.
    public var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The truth value.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }
}

extension JSONDocument: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }

    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }

    /// A list.
    public init(arrayLiteral elements: JSONDocument...) { self = .array(elements) }

    /// An object; of a name given twice, the last value stands.
    public init(dictionaryLiteral elements: (String, JSONDocument)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }

    /// `null`.
    public init(nilLiteral: ()) { self = .null }
}

extension JSONDocument: Codable {
    /// Reads any JSON value.
    ///
    /// - Throws: `DecodingError` when the decoder hands out something else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            // `try?` is the decoder's way of asking for the type; the last attempt throws.
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONDocument].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONDocument].self))
        }
    }

    /// Writes the value.
    ///
    /// - Throws: `EncodingError` when the encoder refuses.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let entries): try container.encode(entries)
        case .object(let members): try container.encode(members)
        }
    }
}
