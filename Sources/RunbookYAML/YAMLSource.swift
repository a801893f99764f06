import MigrateCore
import Yams

/// Text of a file with the places of its lines.
struct YAMLSource {
    /// File as named by whoever opened it.
    let file: String
    /// Text.
    let text: String
    private let bytes: [UInt8]
    /// Offset of the first byte of each line.
    private let lineStarts: [Int]

    init(text: String, file: String) {
        self.text = text
        self.file = file
        bytes = Array(text.utf8)
        lineStarts = Self.lineStarts(bytes)
    }

    /// Why not only `\n`: libyaml counts these as line ends, and its marks must find their line here.
    private static func lineStarts(_ bytes: [UInt8]) -> [Int] {
        var starts = [0]
        var at = 0
        while at < bytes.count {
            let width: Int
            switch bytes[at] {
            case 0x0A: width = 1
            case 0x0D: width = at + 1 < bytes.count && bytes[at + 1] == 0x0A ? 2 : 1
            case 0xC2 where bytes[at...].starts(with: [0xC2, 0x85]): width = 2
            case 0xE2 where bytes[at...].starts(with: [0xE2, 0x80, 0xA8]): width = 3
            case 0xE2 where bytes[at...].starts(with: [0xE2, 0x80, 0xA9]): width = 3
            default:
                at += 1
                continue
            }
            at += width
            starts.append(at)
        }
        return starts
    }

    /// Byte that `mark` points at; the end of the text when it points beyond.
    func offset(of mark: Mark) -> Int {
        guard mark.line >= 1, mark.line <= lineStarts.count else { return bytes.count }
        var at = lineStarts[mark.line - 1]
        var left = mark.column - 1
        // Why by lead bytes: libyaml counts columns in Unicode scalars.
        while left > 0, at < bytes.count {
            at += 1
            while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
            left -= 1
        }
        return at
    }

    /// Place of the byte at `offset`, its column in characters.
    func location(at offset: Int) -> SourceLocation {
        let offset = min(offset, bytes.count)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let before = bytes[lineStarts[low]..<offset]
        let column = before.allSatisfy { $0 < 0x80 } ? before.count : String(decoding: before, as: UTF8.self).count
        return SourceLocation(file: file, line: low + 1, column: column + 1)
    }

    /// Place that `mark` points at.
    func location(of mark: Mark) -> SourceLocation { location(at: offset(of: mark)) }

    /// Byte at `offset`; nil beyond the end.
    func byte(at offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

    /// Text of the line that `mark` points into, from its column on.
    func restOfLine(from mark: Mark) -> String { restOfLine(from: offset(of: mark)) }

    private func restOfLine(from start: Int) -> String {
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Text of the whole line that `mark` points into.
    func line(of mark: Mark) -> String {
        guard lineStarts.indices.contains(mark.line - 1) else { return "" }
        return restOfLine(from: lineStarts[mark.line - 1])
    }

    /// Characters that `scalar` takes on its first line, quotes included.
    func length(of scalar: Node.Scalar, at mark: Mark) -> Int {
        let rest = restOfLine(from: mark)
        switch scalar.style {
        case .literal, .folded: return 1
        case .singleQuoted: return Self.quotedLength(rest, quote: "'", escape: nil)
        case .doubleQuoted: return Self.quotedLength(rest, quote: "\"", escape: "\\")
        case .any, .plain:
            if rest.hasPrefix(scalar.string) { return max(1, scalar.string.count) }
            return max(1, rest.count)
        }
    }

    private static func quotedLength(_ rest: String, quote: Character, escape: Character?) -> Int {
        var length = 1
        var isEscaped = false
        for character in rest.dropFirst() {
            length += 1
            if isEscaped {
                isEscaped = false
            } else if character == escape {
                isEscaped = true
            } else if character == quote {
                return length
            }
        }
        return length
    }

    /// Places of the first `count` occurrences of `${` in the text of `scalar`, as it is written.
    func references(in scalar: Node.Scalar, at mark: Mark, count: Int) -> [SourceLocation] {
        var at = offset(of: mark)
        if scalar.style == .literal || scalar.style == .folded {
            // Why: a comment may follow the `|`.
            at = mark.line < lineStarts.count ? lineStarts[mark.line] : bytes.count
        }
        var places: [SourceLocation] = []
        while places.count < count, at + 1 < bytes.count {
            if bytes[at] == UInt8(ascii: "$"), bytes[at + 1] == UInt8(ascii: "{") { places.append(location(at: at)) }
            at += 1
        }
        return places
    }

    /// The text with the first letter of the name at `mark` replaced; nil when no plain name stands there.
    func renaming(nameAt mark: Mark, to replacement: Unicode.Scalar) -> String? {
        var at = offset(of: mark)
        if let quote = byte(at: at), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") { at += 1 }
        guard let first = byte(at: at), first < 0x80, Character(Unicode.Scalar(first)).isLetter else { return nil }
        return String(
            decoding: bytes[..<at] + Array(String(replacement).utf8) + bytes[(at + 1)...],
            as: UTF8.self
        )
    }
}
