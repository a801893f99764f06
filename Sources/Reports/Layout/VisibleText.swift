/// Makes text from the outside world safe to show.
enum VisibleText {
    /// `text` in one line, with everything that a terminal would act on written out.
    ///
    /// Why: notes and evidence quote servers, and a server can send a sequence that moves the cursor, hides a line or
    /// turns the reading direction.
    static func make(_ text: String) -> String {
        // Why first: nearly all text is harmless, and this is the cheapest way to find that out.
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var out = ""
        // Why by characters: a return with its line feed is one of them.
        for character in text {
            switch character {
            case "\n", "\r\n": out += "⏎"
            case "\t": out += " "
            default:
                for scalar in character.unicodeScalars {
                    if isUnsafe(scalar) {
                        out += "\\u{\(String(scalar.value, radix: 16))}"
                    } else {
                        out.unicodeScalars.append(scalar)
                    }
                }
            }
        }
        return out
    }

    /// Whether a terminal would do something other than show `scalar`.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        // Marks, embeddings and isolates of direction; Unicode Standard Annex #9.
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
