import Foundation
import RunbookYAML

/// Name of a runbook without planning it.
enum RunbookName {
    /// Name in the file; its folder's name when the file cannot be read as a runbook.
    ///
    /// Why not an error: status and rollback work from the journal, whatever became of the file.
    static func read(_ folder: RunbookFolder, _ composition: Composition) throws -> String {
        let fallback = URL(filePath: folder.folder).lastPathComponent
        guard let bytes = try composition.files.read(folder.file) else { return fallback }
        // Why in bytes: a status must not take longer for a long file.
        let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard let line = lines.first(where: { $0.starts(with: "runbook:".utf8) }) else {
            // JSON, or YAML written like it, where the name may stand anywhere.
            return RunbookReader.name(in: String(decoding: bytes, as: UTF8.self)) ?? fallback
        }
        let name = String(decoding: line.dropFirst("runbook:".utf8.count), as: UTF8.self).prefix { $0 != "#" }
            .trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
        return name.isEmpty ? fallback : name
    }
}
