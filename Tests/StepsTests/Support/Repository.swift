import Foundation
import Testing

/// Files of the repository that are made from declarations.
enum Repository {
    /// The repository's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Expects `path` to hold `text`; with `RECORD_PAGES=1` writes it, and fails.
    static func expect(_ path: String, _ text: String) throws {
        let file = root.appending(path: path)
        let found = FileManager.default.contents(atPath: file.path).map { String(decoding: $0, as: UTF8.self) }
        guard found != text else { return }
        if ProcessInfo.processInfo.environment["RECORD_PAGES"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        Issue.record("`\(path)` is not what the declarations say; RECORD_PAGES=1 writes it")
    }

    /// Names of the files in the folder `path`.
    static func files(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: path).path)
    }
}
