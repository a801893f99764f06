/// Cells that text takes in a terminal.
enum TextWidth {
    /// Cells of `text`: two for East Asian wide characters, one for all others.
    static func cells(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + cells($1) } }

    /// Source: Unicode Standard Annex 11, the ranges that are W or F in the scripts we print.
    private static func cells(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA960...0xA97F,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }

    /// `text` with spaces after it, `width` cells in all.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - cells(text)))
    }

    /// `text` in at most `width` cells; an ellipsis says that something is missing.
    static func cut(_ text: String, to width: Int) -> String {
        guard cells(text) > width else { return text }
        var out = ""
        var used = 0
        for character in text {
            let next = cells(String(character))
            if used + next > width - 1 { break }
            out.append(character)
            used += next
        }
        return out + "…"
    }
}
