/// Reads one JSON text from bytes.
struct JSONParser {
    /// Deepest nesting taken.
    private static let depthLimit = 128
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    /// Reads from `bytes`.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The one value of the text.
    ///
    /// - Throws: `JSONFault` when the text is anything else.
    mutating func document() throws(JSONFault) -> JSONDocument {
        let value = try self.value()
        skipSpace()
        guard index == bytes.count else { throw fault("text after the end of the document") }
        return value
    }

    private mutating func value() throws(JSONFault) -> JSONDocument {
        skipSpace()
        guard index < bytes.count else { throw fault("the text ends where a value should be") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONFault) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONFault) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout JSONParser) throws(JSONFault) -> JSONDocument
    ) throws(JSONFault) -> JSONDocument {
        depth += 1
        guard depth <= JSONParser.depthLimit else { throw fault("nested deeper than \(JSONParser.depthLimit)") }
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(JSONFault) -> JSONDocument {
        var members: [String: JSONDocument] = [:]
        index += 1
        skipSpace()
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw fault("a name is missing") }
            let start = index
            let name = try string()
            guard members[name] == nil else { throw JSONFault(offset: start, reason: "`\(name)` is named twice") }
            skipSpace()
            guard take(":") else { throw fault("`:` is missing") }
            members[name] = try value()
            skipSpace()
        } while take(",")
        guard take("}") else { throw fault("`}` is missing") }
        return .object(members)
    }

    private mutating func array() throws(JSONFault) -> JSONDocument {
        var entries: [JSONDocument] = []
        index += 1
        skipSpace()
        if take("]") { return .array(entries) }
        repeat {
            entries.append(try value())
            skipSpace()
        } while take(",")
        guard take("]") else { throw fault("`]` is missing") }
        return .array(entries)
    }

    private mutating func word(_ text: StaticString, _ value: JSONDocument) throws(JSONFault) -> JSONDocument {
        let wanted = Array(text.description.utf8)
        guard bytes[index...].starts(with: wanted) else { throw fault("a value is missing") }
        index += wanted.count
        return value
    }

    private mutating func number() throws(JSONFault) -> JSONDocument {
        let start = index
        _ = take("-")
        let leadingZero = index < bytes.count && bytes[index] == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !leadingZero || whole == 1 else { throw fault("a value is missing") }
        var isWhole = true
        if take(".") {
            isWhole = false
            guard digits() > 0 else { throw fault("digits are missing") }
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("+") { _ = take("-") }
            guard digits() > 0 else { throw fault("digits are missing") }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw fault("`\(text)` is out of range") }
        return .number(value)
    }

    private mutating func digits() -> Int {
        let start = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
        return index - start
    }

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private func fault(_ reason: String) -> JSONFault {
        JSONFault(offset: index, reason: reason)
    }
}

extension JSONParser {
    fileprivate mutating func string() throws(JSONFault) -> String {
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let valid = String(validating: text, as: UTF8.self) else { throw fault("text is not UTF-8") }
                return valid
            case UInt8(ascii: "\\"):
                index += 1
                text += try escape()
            case 0..<0x20:
                throw fault("a control character in text")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw fault("the text ends inside a string")
    }

    private mutating func escape() throws(JSONFault) -> [UInt8] {
        guard index < bytes.count else { throw fault("the text ends inside a string") }
        let code = bytes[index]
        index += 1
        switch code {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [code]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try scalar()
        default: throw fault("an unknown escape")
        }
    }

    private mutating func scalar() throws(JSONFault) -> [UInt8] {
        let first = try codeUnit()
        guard (0xD800...0xDBFF).contains(first) else {
            guard let scalar = Unicode.Scalar(first) else { throw fault("half of a surrogate pair") }
            return Array(String(Character(scalar)).utf8)
        }
        guard take("\\"), take("u") else { throw fault("half of a surrogate pair") }
        let second = try codeUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("half of a surrogate pair") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt32 {
        // `radix: 16` alone would take a sign.
        guard index + 4 <= bytes.count, bytes[index] != UInt8(ascii: "+"),
            let value = UInt32(String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits are missing") }
        index += 4
        return value
    }
}
