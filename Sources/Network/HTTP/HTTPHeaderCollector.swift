/// Header lines of one exchange, as they come; keeps those of the final answer.
///
/// An answer may be preceded by interim ones (100, 103) and followed by trailers; neither belongs to its header.
struct HTTPHeaderCollector {
    /// Bytes of header that are taken; an answer with more is refused.
    static let sizeLimit = 256 << 10

    /// Where in the exchange the next line is.
    private enum Place {
        /// Entered at the start and after an interim answer's empty line. Can transition to `inHeader`.
        case beforeStatusLine
        /// Entered by a status line. Can transition to `beforeStatusLine`, `afterHeader`.
        case inHeader(isInterim: Bool)
        /// Entered by the final answer's empty line; what follows are trailers. Can transition to nothing.
        case afterHeader
    }

    /// Fields of the answer that is being read; names in lower case.
    private(set) var fields: [HTTPField] = []
    private var place = Place.beforeStatusLine
    private var size = 0

    /// Takes one line with its line break; false when the header is larger than `sizeLimit`.
    mutating func append(line bytes: UnsafeRawBufferPointer) -> Bool {
        size += bytes.count
        guard size <= Self.sizeLimit else { return false }
        let line = String(decoding: bytes, as: UTF8.self)
        switch place {
        case .afterHeader: break
        case .beforeStatusLine: begin(line)
        case .inHeader(let isInterim):
            if line.utf8.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
                place = isInterim ? .beforeStatusLine : .afterHeader
            } else {
                take(line)
            }
        }
        return true
    }

    private mutating func begin(_ line: String) {
        guard line.hasPrefix("HTTP/") else { return }
        fields.removeAll()
        let status = line.split(separator: " ", maxSplits: 2).dropFirst().first ?? ""
        // 101 ends HTTP on this connection: what follows is not another answer.
        place = .inHeader(isInterim: status.hasPrefix("1") && status.prefix(3) != "101")
    }

    private mutating func take(_ line: String) {
        if let first = line.utf8.first, first == 0x20 || first == 0x09 {
            // A folded line continues the value before it (RFC 9112, 5.2).
            guard let last = fields.indices.last else { return }
            fields[last].value += " " + Self.trimmed(Substring(line))
            return
        }
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return }
        let value = line[line.utf8.index(after: colon)...]
        fields.append(HTTPField(line[..<colon].lowercased(), Self.trimmed(value)))
    }

    /// `text` without white space around it.
    private static func trimmed(_ text: Substring) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
        let utf8 = text.utf8
        guard let start = utf8.firstIndex(where: { !isBlank($0) }), let end = utf8.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(text[start...end])
    }
}
