import Steps
import Synchronization

/// Files in memory; paths in `programs` may be run.
final class KeptFiles: FileStore {
    private let texts: Mutex<[String: String]>
    private let programs: Set<String>
    private let isReadOnly: Bool

    init(_ texts: [String: String] = [:], programs: Set<String> = [], isReadOnly: Bool = false) {
        self.texts = Mutex(texts)
        self.programs = programs
        self.isReadOnly = isReadOnly
    }

    func read(_ path: String) async throws -> [UInt8] {
        guard let text = text(path) else { throw FileFailure(path: path, reason: "No such file or directory") }
        return Array(text.utf8)
    }

    func exists(_ path: String) async -> Bool {
        texts.withLock { all in all.keys.contains { $0 == path || $0.hasPrefix(path + "/") } }
    }

    func isExecutable(_ path: String) async -> Bool { programs.contains(path) }

    func write(_ bytes: [UInt8], to path: String) async throws {
        if isReadOnly { throw FileFailure(path: path, reason: "Read-only file system") }
        texts.withLock { $0[path] = String(decoding: bytes, as: UTF8.self) }
    }

    /// Text of the file at `path`.
    func text(_ path: String) -> String? { texts.withLock { $0[path] } }
}
