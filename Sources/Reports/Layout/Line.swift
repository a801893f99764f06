import MigrateCore

/// One line of a screen: pieces of text, each with its tone.
struct Line: Sendable, Hashable {
    /// Text and what it is.
    struct Piece: Sendable, Hashable {
        var text: String
        var tone: Tone
    }

    private(set) var pieces: [Piece] = []

    /// Makes a line; control characters in `text` are written out.
    init(_ text: String = "", _ tone: Tone = .plain) { add(text, tone) }

    /// Cells that it takes.
    var cells: Int { pieces.reduce(0) { $0 + TextWidth.cells(of: $1.text) } }

    /// Adds `text` at the end.
    mutating func add(_ text: String, _ tone: Tone = .plain) {
        guard !text.isEmpty else { return }
        let visible = VisibleText.make(text)
        if pieces.last?.tone == tone {
            pieces[pieces.count - 1].text += visible
        } else {
            pieces.append(Piece(text: visible, tone: tone))
        }
    }

    /// Adds `text` and as many blanks as make `width` cells of it.
    mutating func add(_ text: String, to width: Int, _ tone: Tone = .plain) {
        let fitted = Self.cut(VisibleText.make(text), to: width)
        add(fitted, tone)
        add(String(repeating: " ", count: max(0, width - TextWidth.cells(of: fitted))))
    }

    /// Adds `id` and as many blanks as make `width` cells of it; never cut, since a person has to type it.
    mutating func add(_ id: StepID, to width: Int, _ tone: Tone = .plain) {
        add(id.rawValue, tone)
        add(String(repeating: " ", count: max(0, width - TextWidth.cells(of: VisibleText.make(id.rawValue)))))
    }

    /// Adds blanks and then `text`, `width` cells in all.
    mutating func addRight(_ text: String, to width: Int, _ tone: Tone = .plain) {
        add(String(repeating: " ", count: max(0, width - TextWidth.cells(of: text))))
        add(text, tone)
    }

    /// The line with `text` at its end.
    func followed(by text: String, _ tone: Tone = .plain) -> Line {
        var line = self
        line.add(text, tone)
        return line
    }

    /// The line in at most `limit` cells; what is left out is shown by an ellipsis.
    func cut(to limit: Int?) -> Line {
        guard let limit, cells > limit else { return self }
        var line = Line()
        var room = limit
        for piece in pieces where room > 0 {
            let width = TextWidth.cells(of: piece.text)
            // Why one more: something follows, so that the ellipsis needs its cell.
            if width < room {
                line.pieces.append(piece)
            } else {
                line.pieces.append(Piece(text: Self.cut(piece.text + " ", to: room), tone: piece.tone))
            }
            room -= width
        }
        return line
    }

    /// Text for a terminal or a file, without blanks at its end.
    func rendered(_ style: Style) -> String {
        var out = ""
        for piece in trimmed {
            let text = style.isPlain ? Self.plain(piece.text) : piece.text
            if style.usesColor, let sequence = piece.tone.sequence {
                out += "\u{1B}[\(sequence)m\(text)\u{1B}[0m"
            } else {
                out += text
            }
        }
        return out
    }

    /// `text` with our own signs in ASCII, one cell for one cell, so that columns stay where they are.
    private static func plain(_ text: String) -> String {
        String(text.map { signs[$0] ?? $0 })
    }

    private static let signs: [Character: Character] = [
        "✓": "*", "✗": "x", "▸": ">", "…": "~", "↶": "<", "■": "#", "·": ".", "→": ">", "≠": "!", "⏎": "|",
    ]

    private var trimmed: [Piece] {
        var rest = pieces
        while var last = rest.popLast() {
            while last.text.last == " " { last.text.removeLast() }
            if !last.text.isEmpty { return rest + [last] }
        }
        return []
    }

    /// `text` in at most `limit` cells.
    static func cut(_ text: String, to limit: Int) -> String {
        guard TextWidth.cells(of: text) > limit else { return text }
        var out = ""
        var room = limit - 1
        for character in text {
            room -= TextWidth.cells(of: character)
            if room < 0 { break }
            out.append(character)
        }
        return limit > 0 ? out + "…" : ""
    }
}
