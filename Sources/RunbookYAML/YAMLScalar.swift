import MigrateCore

/// Meaning of a scalar without quotes, by the core schema of YAML 1.2.
///
/// Source: https://yaml.org/spec/1.2.2/#103-core-schema (read 2026-01-13). Narrower in three places, since a number
/// that silently loses digits is worse than a text: whole numbers with a leading zero (account numbers), those beyond
/// 64 bits, and `.inf` and `.nan` stay texts.
enum YAMLScalar {
    /// Value that `text` stands for.
    static func value(of text: String) -> Value {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard let first = text.utf8.first, first < 0x3A, first > 0x2A else { return .string(text) }
        return wholeNumber(text) ?? number(text) ?? .string(text)
    }

    private static func wholeNumber(_ text: String) -> Value? {
        if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16).flatMap { positive($0, text) } }
        if text.hasPrefix("0o") { return Int64(text.dropFirst(2), radix: 8).flatMap { positive($0, text) } }
        let digits = unsigned(text)
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        guard digits.count == 1 || digits.first != UInt8(ascii: "0"), let number = Int64(text) else {
            return .string(text)
        }
        return .integer(number)
    }

    /// Why: `Int64(_:radix:)` takes a sign after the prefix, YAML does not.
    private static func positive(_ number: Int64, _ text: String) -> Value? {
        text.contains("-") || text.contains("+") ? nil : .integer(number)
    }

    private static func number(_ text: String) -> Value? {
        var rest = unsigned(text)
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction = rest.prefix(0)
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            let exponent = rest.prefix(while: isDigit)
            guard !exponent.isEmpty else { return nil }
            rest = rest.dropFirst(exponent.count)
        }
        // Why a whole part is asked for by adding zeros: `.5` and `5.` are numbers in YAML, not to `Double`.
        guard rest.isEmpty, let number = Double(completed(text)), number.isFinite else { return nil }
        return .number(number)
    }

    private static func completed(_ text: String) -> String {
        guard let point = text.firstIndex(of: ".") else { return text }
        let before = text[..<point]
        let after = text[text.index(after: point)...]
        let needsWhole = before.last.map { !$0.isNumber } ?? true
        let needsFraction = after.first.map { !$0.isNumber } ?? true
        return before + (needsWhole ? "0." : ".") + (needsFraction ? "0" : "") + after
    }

    private static func unsigned(_ text: String) -> Substring.UTF8View {
        let bytes = text[...].utf8
        guard let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else { return bytes }
        return bytes.dropFirst()
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
