/// Texts of Swift source, each with the calls that it is an argument of.
struct SwiftTexts {
    /// A text between quotation marks.
    struct Text {
        /// Line that it begins in, from 1.
        var line: Int
        /// Its words, without what is interpolated.
        var words: String
        /// Names of the functions around it, of which it is an argument.
        var calls: Set<String>
    }

    /// In the order of their ends.
    private(set) var all: [Text] = []
    private let source: [Character]
    private var place = 0
    private var line = 1
    /// Name in front of each bracket that is open.
    private var calls: [String] = []

    /// Reads `source`.
    init(_ source: String) {
        self.source = Array(source)
        readCode()
    }

    /// Reads code to the end, or to the bracket that closes an interpolation.
    private mutating func readCode() {
        let depth = calls.count
        var name = ""
        while place < source.count {
            if starts("//") {
                while place < source.count, !source[place].isNewline { place += 1 }
            } else if source[place] == "\"" {
                readText()
            } else {
                let next = step()
                if next == "(" { calls.append(name) }
                if next == ")" {
                    if calls.count == depth { return }
                    calls.removeLast()
                }
                name = next.isLetter || next.isNumber || next == "_" ? name + String(next) : ""
            }
        }
    }

    private mutating func readText() {
        var text = Text(line: line, words: "", calls: Set(calls))
        let quote = starts("\"\"\"") ? "\"\"\"" : "\""
        for _ in quote { step() }
        while place < source.count, !starts(quote) {
            if starts("\\(") {
                place += 2
                readCode()
            } else if starts("\\") {
                step()
                step()
            } else {
                text.words.append(step())
            }
        }
        for _ in quote where place < source.count { step() }
        all.append(text)
    }

    private func starts(_ word: String) -> Bool { source[place...].starts(with: word) }

    @discardableResult private mutating func step() -> Character {
        defer { place += 1 }
        if source[place].isNewline { line += 1 }
        return source[place]
    }
}
