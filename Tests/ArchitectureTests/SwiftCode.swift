/// Swift source without its comments and without the words of its texts, so that what is left is code.
///
/// Line breaks stay where they were, and code within `\(…)` stays too.
struct SwiftCode {
    /// What is left, line by line.
    let lines: [Substring]

    /// Reads `source`.
    init(_ source: String) {
        var reader = CodeReader(Array(source.utf8))
        reader.readCode(untilClosing: false)
        lines = String(decoding: reader.code, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// Modules that `source` imports, each with its line number.
    static func imports(of source: String) -> [(module: String, line: Int)] {
        let pattern =
            /^\s*(?:@\w+\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:\w+\s+)?(\w+)/
        // Why not always without comments and texts: only in texts of several lines can a line look like an import.
        let hasLongText = source.contains("\"\"\"") || source.contains("/*")
        let lines = hasLongText ? Self(source).lines : source.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().filter { $0.element.contains("import") }.compactMap { index, line in
            line.firstMatch(of: pattern).map { (String($0.output.1), index + 1) }
        }
    }
}

/// Walks over source and keeps what is code.
private struct CodeReader {
    private let source: [UInt8]
    private var place = 0
    private(set) var code: [UInt8] = []

    init(_ source: [UInt8]) { self.source = source }

    /// Reads code to the end, or to the bracket that closes an interpolation.
    mutating func readCode(untilClosing: Bool) {
        var depth = 0
        while place < source.count {
            let next = source[place]
            if next == UInt8(ascii: "/"), starts("//") {
                while place < source.count, source[place] != UInt8(ascii: "\n") { place += 1 }
            } else if next == UInt8(ascii: "/"), starts("/*") {
                skipBlockComment()
            } else if let hashes = hashesBeforeQuote {
                readText(hashes: hashes)
            } else {
                code.append(next)
                place += 1
                if next == UInt8(ascii: "(") { depth += 1 }
                if next == UInt8(ascii: ")") {
                    if untilClosing, depth == 0 { return }
                    depth -= 1
                }
            }
        }
    }

    private func starts(_ word: String) -> Bool { source[place...].starts(with: word.utf8) }

    /// Number of `#` before a quotation mark here; nil when no text begins here.
    private var hashesBeforeQuote: Int? {
        var ahead = place
        while ahead < source.count, source[ahead] == UInt8(ascii: "#") { ahead += 1 }
        return ahead < source.count && source[ahead] == UInt8(ascii: "\"") ? ahead - place : nil
    }

    private mutating func skipBlockComment() {
        var depth = 0
        while place < source.count {
            if starts("/*") {
                depth += 1
                place += 2
            } else if starts("*/") {
                depth -= 1
                place += 2
                if depth == 0 { return }
            } else {
                skip()
            }
        }
    }

    private mutating func readText(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        place += hashes
        let quote = starts("\"\"\"") ? "\"\"\"" : "\""
        place += quote.utf8.count
        code.append(UInt8(ascii: "\""))
        while place < source.count {
            let next = source[place]
            if next == UInt8(ascii: "\""), starts(quote + marks) {
                place += quote.utf8.count + hashes
                code.append(UInt8(ascii: "\""))
                return
            }
            if next == UInt8(ascii: "\\"), starts("\\" + marks + "(") {
                place += hashes + 2
                code.append(UInt8(ascii: "("))
                readCode(untilClosing: true)
            } else if next == UInt8(ascii: "\\"), starts("\\" + marks) {
                place += hashes + 1
                skip()
            } else {
                skip()
            }
        }
    }

    /// Leaves one byte out, but for a line break.
    private mutating func skip() {
        guard place < source.count else { return }
        if source[place] == UInt8(ascii: "\n") { code.append(source[place]) }
        place += 1
    }
}
