/// Finds brackets and quotes that do not pair up.
///
/// Why before jq sees the text: all expressions become one program, each in its own parentheses, and `.a) | (.b` would
/// be accepted there and mean something else.
struct JqBrackets {
    private let text: [UInt8]
    private var at = 0
    /// Closing brackets still owed; `"` stands for a string that an interpolation interrupted.
    private var owed: [UInt8] = []

    /// What is wrong with `text`; nil when everything pairs up and something is there.
    static func fault(in text: String) -> String? {
        var reader = JqBrackets(text: Array(text.utf8))
        return reader.fault()
    }

    private init(text: [UInt8]) { self.text = text }

    private mutating func fault() -> String? {
        var hasContent = false
        while at < text.count {
            let byte = text[at]
            at += 1
            if byte == 0 { return "a zero byte stands in it" }
            if byte == UInt8(ascii: "#") {
                while at < text.count, text[at] != UInt8(ascii: "\n") { at += 1 }
                continue
            }
            hasContent = hasContent || ![0x20, 0x09, 0x0A, 0x0D].contains(byte)
            if let fault = bracket(byte) { return fault }
        }
        guard hasContent else { return "it is empty" }
        guard let missing = owed.last else { return nil }
        return missing == UInt8(ascii: "\"") ? "a string is never closed" : "`\(Self.letter(missing))` is missing"
    }

    private mutating func bracket(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "("): owed.append(UInt8(ascii: ")"))
        case UInt8(ascii: "["): owed.append(UInt8(ascii: "]"))
        case UInt8(ascii: "{"): owed.append(UInt8(ascii: "}"))
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            guard owed.popLast() == byte else { return "`\(Self.letter(byte))` closes nothing" }
            if owed.last == UInt8(ascii: "\"") {
                owed.removeLast()
                return string()
            }
        default: break
        }
        return nil
    }

    /// Reads on in a string, to its end or to an interpolation.
    private mutating func string() -> String? {
        while at < text.count {
            let byte = text[at]
            at += 1
            if byte == 0 { return "a zero byte stands in it" }
            if byte == UInt8(ascii: "\"") { return nil }
            guard byte == UInt8(ascii: "\\"), at < text.count else { continue }
            at += 1
            if text[at - 1] == UInt8(ascii: "(") {
                owed += [UInt8(ascii: "\""), UInt8(ascii: ")")]
                return nil
            }
        }
        return "a string is never closed"
    }

    private static func letter(_ byte: UInt8) -> String { String(decoding: [byte], as: UTF8.self) }
}
