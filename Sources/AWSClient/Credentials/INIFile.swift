/// Sections and settings of a file in AWS's INI dialect.
struct INIFile: Equatable {
    /// One `[section]`.
    struct Section: Equatable {
        /// Text between the brackets, quotes removed.
        var name: String
        /// Settings by name in lower case; one nested under an empty setting is called `outer.inner`.
        var values: [String: String] = [:]
    }

    /// Sections in order.
    private(set) var sections: [Section] = []

    /// Reads `text`; lines that are neither a section, a setting nor a comment are passed over, as the SDKs do.
    init(_ text: String) {
        var outer: String?
        for rawLine in text.split(whereSeparator: \.isNewline) {
            let isNested = rawLine.first?.isWhitespace ?? false
            let line = INIFile.trimmed(rawLine)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                let inside = line[line.index(after: line.startIndex)..<end]
                sections.append(Section(name: INIFile.trimmed(inside.filter { $0 != "\"" && $0 != "'" })))
                outer = nil
                continue
            }
            guard let equals = line.firstIndex(of: "="), !sections.isEmpty else { continue }
            let name = INIFile.trimmed(line[..<equals]).lowercased()
            let value = INIFile.withoutComment(line[line.index(after: equals)...])
            if isNested, let outer {
                sections[sections.count - 1].values["\(outer).\(name)"] = value
            } else {
                sections[sections.count - 1].values[name] = value
                outer = name
            }
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }

    /// Value up to a comment, which white space must set off.
    private static func withoutComment(_ text: some StringProtocol) -> String {
        var previous: Character = " "
        var end = text.endIndex
        for index in text.indices {
            let character = text[index]
            if (character == "#" || character == ";") && previous.isWhitespace && index != text.startIndex {
                end = index
                break
            }
            previous = character
        }
        return trimmed(text[..<end])
    }
}
