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
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard line.hasPrefix("runbook:") else { continue }
            let name = line.dropFirst("runbook:".count).prefix { $0 != "#" }
                .trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
            return name.isEmpty ? fallback : name
        }
        return fallback
    }
}
