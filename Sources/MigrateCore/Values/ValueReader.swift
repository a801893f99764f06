/// Reads JSON text (RFC 8259) from bytes that somebody lends for as long as it lives.
struct ValueReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var at = 0
    private static let depthLimit = 128

    /// Starts at the first byte.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The one value that the text is.
    mutating func document() throws(ValueSyntaxError) -> Value {
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw fault("text after the end of the value") }
        return value
    }

    private func fault(_ message: String) -> ValueSyntaxError { ValueSyntaxError(offset: at, message: message) }

    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    /// The value that begins here, inside of `depth` others.
    mutating func value(depth: Int) throws(ValueSyntaxError) -> Value {
        guard depth < Self.depthLimit else { throw fault("nested deeper than \(Self.depthLimit)") }
        skipSpace()
        guard at < bytes.count else { throw fault("text ends where a value should be") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ text: String, _ value: Value) throws(ValueSyntaxError) -> Value {
        guard bytes[at...].starts(with: text.utf8) else { throw fault("unknown word") }
        at += text.utf8.count
        return value
    }

    private mutating func array(depth: Int) throws(ValueSyntaxError) -> Value {
        at += 1
        var elements: [Value] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw fault("`,` or `]` expected") }
        }
    }

    private mutating func object(depth: Int) throws(ValueSyntaxError) -> Value {
        at += 1
        var members: [String: Value] = Dictionary(minimumCapacity: 4)
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([:]) }
        while true {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw fault("name expected") }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fault("`:` expected") }
            members[name] = try value(depth: depth + 1)
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw fault("`,` or `}` expected") }
        }
    }

    private mutating func number() throws(ValueSyntaxError) -> Value {
        let start = at
        var isWhole = true
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): isWhole = false
            default:
                return try number(from: start, isWhole: isWhole)
            }
            at += 1
        }
        return try number(from: start, isWhole: isWhole)
    }

    private func number(from start: Int, isWhole: Bool) throws(ValueSyntaxError) -> Value {
        if isWhole, at - start <= 18, let whole = digits(from: start) { return .integer(whole) }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, !text.hasPrefix("+"), let whole = Int64(text) { return .integer(whole) }
        guard !text.isEmpty, !text.hasPrefix("+"), let number = Double(text), number.isFinite else {
            throw ValueSyntaxError(offset: start, message: "not a number")
        }
        // Why: `70.0` is written as `70`, and an image must be the same after it was kept as it was before.
        if let whole = Int64(exactly: number) { return .integer(whole) }
        return .number(number)
    }

    /// Number that the bytes from `start` are the digits of; nil when there is a sign among them, or none of them.
    private func digits(from start: Int) -> Int64? {
        guard start < at else { return nil }
        var whole: Int64 = 0
        for byte in bytes[start..<at] {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            whole = whole * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return whole
    }

    /// The string whose opening quote is here.
    mutating func string() throws(ValueSyntaxError) -> String {
        at += 1
        // Why two ways: nearly all strings have no escape, and are then a piece of the text as it stands.
        let start = at
        var seen: UInt8 = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            seen |= byte
            at += 1
        }
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return try escapedString(from: start) }
        at += 1
        let content = UnsafeBufferPointer(rebasing: bytes[start..<at - 1])
        // Why not always checked: ASCII is UTF-8, and nearly all that journals hold.
        return seen < 0x80 ? String(decoding: content, as: UTF8.self) : try text(content)
    }

    private func text(_ bytes: some Collection<UInt8>) throws(ValueSyntaxError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault("not UTF-8") }
        return text
    }

    private mutating func escapedString(from start: Int) throws(ValueSyntaxError) -> String {
        var out = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(out)
            case UInt8(ascii: "\\"): try escape(into: &out)
            case 0..<0x20: throw fault("control character in a string")
            default: out.append(byte)
            }
        }
        throw fault("string without an end")
    }

    private mutating func escape(into out: inout [UInt8]) throws(ValueSyntaxError) {
        guard at < bytes.count else { throw fault("string without an end") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"): out += Array(String(try scalar()).utf8)
        default: throw fault("unknown escape")
        }
    }

    private mutating func scalar() throws(ValueSyntaxError) -> Character {
        let high = try hex()
        // Why: characters beyond the first plane come as two escapes, a surrogate pair.
        if 0xD800..<0xDC00 ~= high {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault("half a surrogate pair") }
            let low = try hex()
            guard 0xDC00..<0xE000 ~= low,
                let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            else { throw fault("half a surrogate pair") }
            return Character(scalar)
        }
        guard let scalar = Unicode.Scalar(high) else { throw fault("half a surrogate pair") }
        return Character(scalar)
    }

    private mutating func hex() throws(ValueSyntaxError) -> UInt32 {
        guard at + 4 <= bytes.count,
            bytes[at] != UInt8(ascii: "+"),
            let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits expected") }
        at += 4
        return code
    }
}
