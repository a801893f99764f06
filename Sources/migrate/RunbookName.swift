import Foundation
import RunbookYAML

/// Name of a runbook without planning it.
enum RunbookName {
    /// Name in the file; its folder's name when the file cannot be read as a runbook.
    ///
    /// Why not an error: status and rollback work from the journal, whatever became of the file.
    static func read(_ folder: RunbookFolder, _ composition: Composition) throws -> String {
        let fallback = URL(filePath: folder.folder).lastPathComponent
        guard let head = try composition.files.read(folder.file, atMost: headLength) else { return fallback }
        let isWhole = head.count < headLength
        // Why not the last line: it may be cut short.
        let end = isWhole ? head.endIndex : head.lastIndex(of: UInt8(ascii: "\n")) ?? head.startIndex
        if let line = line(after: "runbook:", in: head[..<end]) { return name(in: line) ?? fallback }
        let bytes = isWhole ? head : try composition.files.read(folder.file) ?? []
        if let line = line(after: "runbook:", in: bytes[...]) { return name(in: line) ?? fallback }
        // JSON, or YAML written like it, where the name may stand anywhere.
        return RunbookReader.name(in: String(decoding: bytes, as: UTF8.self)) ?? fallback
    }

    /// How much of a file is read at first.
    ///
    /// Why not all of it: a status must not take longer for a long file, and the name stands at its beginning.
    private static let headLength = 1 << 16

    private static func name(in line: String) -> String? {
        let name = line.prefix { $0 != "#" }.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
        return name.isEmpty ? nil : name
    }

    /// Rest of the first line that begins with `key`.
    ///
    /// Why line by line: splitting a long file takes longer than a status.
    private static func line(after key: String, in bytes: ArraySlice<UInt8>) -> String? {
        var rest = bytes
        while !rest.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            if line.starts(with: key.utf8) { return String(decoding: line.dropFirst(key.utf8.count), as: UTF8.self) }
            rest = rest.dropFirst(line.count + 1)
        }
        return nil
    }
}
