import MigrateCore

/// Journals as the tools of each format left them, with what `status` was made of then.
enum Corpus {
    /// Formats that there were, oldest first.
    static let formats = [1, 2]

    static func path(_ name: String) -> String {
        let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        return folders.joined(separator: "/") + "/Corpus/" + name
    }

    /// Copies the journal of `format` into `directory`, and gives back where it is.
    static func copy(of format: Int, to directory: TemporaryDirectory) throws -> String {
        let copy = directory.file("journal.sqlite")
        try Bytes.copy(path("format-\(format).sqlite"), to: copy)
        return copy
    }

    /// Snapshot that the tool of `format` made of its journal.
    static func snapshot(of format: Int) throws -> Value {
        try Value(parsing: Bytes.read(path("format-\(format).json")))
    }
}

extension Value {
    /// Whether every member of this, however deep, is the same in `other`, which may have more.
    func isCovered(by other: Value) -> Bool {
        switch (self, other) {
        case (.object(let members), .object(let others)):
            members.allSatisfy { name, member in others[name].map { member.isCovered(by: $0) } ?? false }
        case (.array(let elements), .array(let others)):
            elements.count == others.count && zip(elements, others).allSatisfy { $0.isCovered(by: $1) }
        default: self == other
        }
    }
}
