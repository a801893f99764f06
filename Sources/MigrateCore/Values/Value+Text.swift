extension Value {
    /// Canonical JSON: names sorted by their bytes, no white space, shortest round-trip numbers.
    ///
    /// Equal values have equal text, which is what digests are made of.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// UTF-8 of `text`.
    public var bytes: [UInt8] {
        var out: [UInt8] = []
        write(into: &out)
        return out
    }

    /// Appends `bytes` to `out`.
    func write(into out: inout [UInt8]) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let truth): out += (truth ? "true" : "false").utf8
        case .integer(let number): out += String(number).utf8
        case .number(let number): out += Self.text(of: number).utf8
        case .string(let text): Self.write(text, into: &out)
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                element.write(into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            let sorted = members.sorted { Self.precedes($0.key, $1.key) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.write(member.key, into: &out)
                out.append(UInt8(ascii: ":"))
                member.value.write(into: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// Order of names in canonical text.
    ///
    /// Why by UTF-8: Swift orders strings by canonical equivalence, which is not the order of bytes.
    static func precedes(_ one: String, _ other: String) -> Bool { one.utf8.lexicographicallyPrecedes(other.utf8) }

    private static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        if let whole = Int64(exactly: number) { return String(whole) }
        return "\(number)"
    }

    /// Appends `text` in quotes to `out`.
    static func write(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            // Why in runs: nearly all texts have nothing to escape, and are copied whole.
            var start = 0
            for (index, byte) in bytes.enumerated() where needsEscape(byte) {
                out.append(contentsOf: bytes[start..<index])
                writeEscape(of: byte, into: &out)
                start = index + 1
            }
            out.append(contentsOf: bytes[start...])
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func writeEscape(of byte: UInt8, into out: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): out += "\\\"".utf8
        case UInt8(ascii: "\\"): out += "\\\\".utf8
        case 0x0A: out += "\\n".utf8
        case 0x0D: out += "\\r".utf8
        case 0x09: out += "\\t".utf8
        default:
            out += "\\u00".utf8
            out += [hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
        }
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)
}

extension Value {
    /// Indented JSON with sorted names, for people.
    public var indentedText: String { indented(by: 0) }

    private func indented(by depth: Int) -> String {
        let inner = String(repeating: "  ", count: depth + 1)
        let outer = String(repeating: "  ", count: depth)
        switch self {
        case .array(let elements) where !elements.isEmpty:
            return "[\n" + elements.map { inner + $0.indented(by: depth + 1) }.joined(separator: ",\n") + "\n\(outer)]"
        case .object(let members) where !members.isEmpty:
            let names = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            let lines = names.map { name in
                inner + Value.string(name).text + ": " + (members[name] ?? .null).indented(by: depth + 1)
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
        case .null, .bool, .integer, .number, .string, .array, .object: return text
        }
    }
}
