/// A JSON value, the one dynamic type of the core: parameters, images, captures, facts.
///
/// Why our own: the core imports nothing, and digests need one canonical text for equal values.
public enum Value: Sendable, Hashable {
    /// Nothing; as an image it means that the thing does not exist.
    case null
    /// True or false.
    case bool(Bool)
    /// Whole number that fits 64 bits; larger ones become `number`.
    case integer(Int64)
    /// Any other finite number.
    case number(Double)
    /// Text.
    case string(String)
    /// Ordered values.
    case array([Value])
    /// Named values; order carries no meaning, and text is written with sorted names.
    case object([String: Value])
}

extension Value {
    /// Whether this is `null`.
    public var isNull: Bool { self == .null }

    /// Text, when this is a string.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// Truth, when this is a boolean.
    public var bool: Bool? {
        if case .bool(let truth) = self { truth } else { nil }
    }

    /// Whole number, when this is one, or a number without a fraction.
    public var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .number(let number): Int64(exactly: number)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// Number, when this is one.
    public var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// Elements, when this is an array.
    public var array: [Value]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// Members, when this is an object.
    public var object: [String: Value]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// Member `name` of an object; `null` when there is none or this is no object.
    public subscript(_ name: String) -> Value { object?[name] ?? .null }

    /// Type in the words of JSON, for messages.
    public var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .array: "list"
        case .object: "mapping"
        }
    }

    /// Text for the inside of a longer text: strings bare, everything else as JSON.
    public var interpolated: String { string ?? text }
}

// Why not by `nil`: where a `Value?` is wanted, `known ? value : nil` would then silently mean JSON's null.
extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByFloatLiteral
{
    /// Makes a string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes a whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Makes a boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Makes a number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// Makes an array.
    public init(arrayLiteral elements: Value...) { self = .array(elements) }
    /// Makes an object; of repeated names the last one counts.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
