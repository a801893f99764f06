import Foundation

/// The working copy that these tests stand in.
enum Repository {
    /// Its top folder.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Folders that are made, not written, or that hold what a run leaves.
    private static let left: Set = [
        ".git", ".venv", ".venv-board", ".venv-judges", ".venv-bench", ".pytest_cache", ".swiftpm", ".terraform",
        "__pycache__",
        "state",
    ]

    /// Every file that people write, with its path from the top folder, in order.
    static let files: [TextFile] = {
        let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isDirectoryKey])
        var found: [TextFile] = []
        for case let url as URL in walk ?? .init() {
            let name = url.lastPathComponent
            if left.contains(name) || name.hasPrefix(".build") {
                walk?.skipDescendants()
                continue
            }
            // Why skip what is not text: pictures and other data hold no words.
            guard !url.hasDirectoryPath, let data = FileManager.default.contents(atPath: url.path),
                let text = String(data: data, encoding: .utf8)
            else { continue }
            found.append(TextFile(path: String(url.path.dropFirst(root.path.count + 1)), text: text))
        }
        return found.sorted { $0.path < $1.path }
    }()

    /// Swift files below `folder`.
    static func swiftFiles(in folder: String) -> [TextFile] {
        files.filter { $0.path.hasPrefix(folder + "/") && $0.path.hasSuffix(".swift") }
    }
}

/// A file of the repository.
struct TextFile {
    /// Path from the top folder.
    let path: String
    let text: String

    /// Its lines; the newline at its end makes no line of its own.
    var lines: [Substring] {
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        return all.last == "" ? all.dropLast() : all
    }
}
