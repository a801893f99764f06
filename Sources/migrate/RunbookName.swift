import Foundation
import RunbookYAML

/// Name of a runbook without planning it.
enum RunbookName {
    /// Name in the file; its folder's name when the file cannot be read as a runbook.
    ///
    /// Why not an error: status and rollback work from the journal, whatever became of the file.
    static func read(_ folder: RunbookFolder, _ composition: Composition) throws -> String {
        let fallback = URL(filePath: folder.folder).lastPathComponent
        guard var bytes = try composition.files.read(folder.file, atMost: headLength) else { return fallback }
        if bytes.count == headLength {
            // Why without the last line: it may be cut short.
            bytes.removeLast(bytes.reversed().prefix { $0 != UInt8(ascii: "\n") }.count)
            if line(after: key, in: bytes) == nil { bytes = try composition.files.read(folder.file) ?? [] }
        }
        guard let line = line(after: key, in: bytes) else {
            // JSON, or YAML written like it, where the name may stand anywhere.
            return RunbookReader.name(in: String(decoding: bytes, as: UTF8.self)) ?? fallback
        }
        let name = line.prefix { $0 != "#" }.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
        return name.isEmpty ? fallback : name
    }

    private static let key = "runbook:"

    /// How much of a file is read at first.
    ///
    /// Why not all of it: a status must not take longer for a long file, and the name stands at its beginning.
    private static let headLength = 1 << 16

    /// Rest of the first line that begins with `key`.
    ///
    /// Why line by line: splitting a long file takes longer than a status.
    private static func line(after key: String, in bytes: [UInt8]) -> String? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            if line.starts(with: key.utf8) { return String(decoding: line.dropFirst(key.utf8.count), as: UTF8.self) }
            rest = rest.dropFirst(line.count + 1)
        }
        return nil
    }
}
