import Foundation

/// The `migrate` that was built together with these tests.
enum Binary {
    /// Folder that holds it: the one of the test bundle.
    static let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    /// The binary.
    ///
    /// Throws: `Missing` when it was not built.
    static func find() throws -> URL {
        let file = folder.appending(path: "migrate")
        guard FileManager.default.isExecutableFile(atPath: file.path) else { throw Missing(place: file.path) }
        return file
    }

    struct Missing: Error, CustomStringConvertible {
        let place: String
        var description: String { "`\(place)` is not there; `swift build` makes it" }
    }
}
