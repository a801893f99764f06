import MigrateCore

/// Lines of a report, laid out as they are added.
struct Page: Sendable {
    let style: Style
    private(set) var lines: [Line] = []

    init(_ style: Style) { self.style = style }

    /// Adds a line; what does not fit the screen is cut.
    mutating func add(_ line: Line) { lines.append(line.cut(to: style.limit)) }

    /// Adds a line of one tone.
    mutating func add(_ text: String, _ tone: Tone = .plain) { add(Line(text, tone)) }

    /// Adds an empty line, unless there is one above or nothing at all.
    mutating func blank() {
        if let last = lines.last, !last.pieces.isEmpty { lines.append(Line()) }
    }

    /// Adds `text` behind `head`, in as many lines as it takes: for what must not be cut.
    ///
    /// Lines after the first begin `indent` cells from the left; words longer than a line are broken.
    mutating func wrap(_ text: String, _ tone: Tone = .plain, behind head: Line = Line(), indent: Int = 0) {
        guard let limit = style.limit else {
            var line = head
            line.add(text, tone)
            return lines.append(line)
        }
        var line = head
        var room = limit - head.cells
        var isFirst = true
        // Why: a text that ends in a broken word has filled its last line and leaves an empty one behind.
        var hasContent = true
        for word in VisibleText.make(text).split(separator: " ", omittingEmptySubsequences: true) {
            var rest = word[...]
            while !rest.isEmpty {
                let gap = isFirst ? 0 : 1
                let width = TextWidth.cells(of: rest)
                if width + gap <= room {
                    line.add((isFirst ? "" : " ") + rest, tone)
                    room -= width + gap
                    isFirst = false
                    hasContent = true
                    break
                }
                if isFirst, width > limit - indent || room >= limit - indent {
                    let part = Self.head(of: rest, cells: room)
                    line.add(String(part), tone)
                    rest = rest[part.endIndex...]
                }
                lines.append(line)
                line = Line(String(repeating: " ", count: indent))
                room = limit - indent
                isFirst = true
                hasContent = false
            }
        }
        if hasContent { lines.append(line) }
    }

    /// Longest beginning of `text` that fits; at least one character, so that something is left less.
    private static func head(of text: Substring, cells: Int) -> Substring {
        var room = cells
        var end = text.startIndex
        while end < text.endIndex {
            room -= TextWidth.cells(of: text[end])
            if room < 0, end > text.startIndex { break }
            end = text.index(after: end)
        }
        return text[..<end]
    }

    /// Cells of a column that holds `ids`; the few that are longer push what stands beside them to the right.
    static func width(of ids: [StepID]) -> Int { min(ids.map { TextWidth.cells(of: $0.rawValue) }.max() ?? 0, 36) }

    /// The page as text, without an end of line at its end.
    var text: String { lines.map { $0.rendered(style) }.joined(separator: "\n") }
}
