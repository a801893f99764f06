extension Diagnostic {
    /// The mistake as a terminal shows it: message, place, the line with a caret below, hint.
    ///
    /// `source` is the text of the file that the place is in; without it there is no line and no caret.
    public func rendered(source: String?, in language: Language) -> String {
        var lines = [language.says("error: \(message)", ko: "오류: \(message)")]
        if let location {
            lines.append("  --> \(location.file):\(location.line):\(location.column)")
            if let source, let line = Self.line(location.line, of: source) {
                let number = String(location.line)
                let margin = String(repeating: " ", count: number.count + 1)
                lines.append("\(margin)|")
                lines.append("\(number) | \(Self.visible(line))".withoutTrailingSpaces)
                lines.append("\(margin)| \(caret(under: line, at: location.column))")
            }
        }
        if let hint { lines.append(language.says("hint: \(hint)", ko: "힌트: \(hint)")) }
        return lines.joined(separator: "\n")
    }

    private func caret(under line: String, at column: Int) -> String {
        let before = line.prefix(max(0, column - 1))
        let marked = line.dropFirst(before.count).prefix(length)
        return String(repeating: " ", count: TextWidth.cells(of: Self.visible(before)))
            + String(repeating: "^", count: max(1, TextWidth.cells(of: Self.visible(marked))))
    }

    /// Line `number` of `source`, from 1; nil when there are fewer.
    private static func line(_ number: Int, of source: String) -> String? {
        let lines = source.split(maxSplits: number, omittingEmptySubsequences: false) { lineEnds.contains($0) }
        guard number >= 1, number <= lines.count else { return nil }
        return String(lines[number - 1])
    }

    /// What YAML takes for the end of a line.
    private static let lineEnds: Set<Character> = ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]

    /// `line` as it may be shown: a terminal makes a tab as wide as it likes, and obeys control characters.
    private static func visible(_ line: some StringProtocol) -> String {
        var out = ""
        for character in line {
            switch character.unicodeScalars.first?.properties.generalCategory {
            case .control where character == "\t": out += "    "
            case .control: out += "\u{FFFD}"
            case _: out.append(character)
            }
        }
        return out
    }
}

extension String {
    fileprivate var withoutTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
