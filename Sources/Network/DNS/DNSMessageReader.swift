/// Reads the parts of a DNS message from its bytes (RFC 1035, 4.1); every step is checked against the end.
struct DNSMessageReader {
    /// The bytes are not a DNS message.
    struct Malformed: Error {}

    /// Most compression pointers that one name may follow: as many as a name can have labels.
    private static let jumpLimit = 127
    /// Most bytes of a name, its lengths and final zero included.
    private static let nameLimit = 255

    /// The whole message; compressed names point back into it.
    let bytes: [UInt8]
    /// Offset of the next byte.
    private(set) var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads one byte.
    mutating func byte() throws(Malformed) -> UInt8 {
        guard offset < bytes.count else { throw Malformed() }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// Reads 16 bits.
    mutating func word() throws(Malformed) -> UInt16 { try UInt16(byte()) << 8 | UInt16(byte()) }

    /// Reads 32 bits.
    mutating func doubleWord() throws(Malformed) -> UInt32 { try UInt32(word()) << 16 | UInt32(word()) }

    /// Reads `count` bytes.
    mutating func slice(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - offset else { throw Malformed() }
        defer { offset += count }
        return bytes[offset..<(offset + count)]
    }

    /// Reads a name, compressed or not, without its final dot; the root is `.`.
    ///
    /// A pointer must point before the place it was reached from: so every jump goes back and the walk ends.
    mutating func name() throws(Malformed) -> String {
        var text = ""
        var size = 1
        var cursor = offset
        var segmentStart = offset
        var jumps = 0
        while true {
            guard cursor < bytes.count else { throw Malformed() }
            let length = Int(bytes[cursor])
            switch length {
            case 0:
                if jumps == 0 { offset = cursor + 1 }
                return text.isEmpty ? "." : text
            case 1...63:
                size += length + 1
                guard size <= Self.nameLimit, cursor + length < bytes.count else { throw Malformed() }
                if !text.isEmpty { text += "." }
                for octet in bytes[(cursor + 1)...(cursor + length)] { text += Self.escaped(octet, quoting: ".") }
                cursor += length + 1
            case 0xC0...0xFF:
                guard cursor + 1 < bytes.count else { throw Malformed() }
                let target = (length & 0x3F) << 8 | Int(bytes[cursor + 1])
                guard target < segmentStart, jumps < Self.jumpLimit else { throw Malformed() }
                if jumps == 0 { offset = cursor + 2 }
                jumps += 1
                cursor = target
                segmentStart = target
            default: throw Malformed()
            }
        }
    }

    /// `octet` as zone files have it: `\` before itself and `quoted`, `\DDD` for what is not printable.
    static func escaped(_ octet: UInt8, quoting quoted: Character) -> String {
        let character = Character(UnicodeScalar(octet))
        if character == "\\" || character == quoted { return "\\\(character)" }
        // A space is printable inside quotes, not in a name.
        if (0x21...0x7E).contains(octet) || (octet == 0x20 && quoted == "\"") { return String(character) }
        let digits = String(octet)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
