/// Reads and writes files; lives at the rim.
public protocol FileStore: Sendable {
    /// Bytes of the file at `path`.
    ///
    /// - Throws: `FileFailure`.
    func read(_ path: String) async throws -> [UInt8]

    /// Whether a file or directory is at `path`.
    func exists(_ path: String) async -> Bool

    /// Whether a file that may be run is at `path`.
    func isExecutable(_ path: String) async -> Bool

    /// Puts `bytes` at `path`, whole or not at all and durably, making directories on the way.
    ///
    /// - Throws: `FileFailure`.
    func write(_ bytes: [UInt8], to path: String) async throws
}

/// Why a file could not be read or written.
public struct FileFailure: Error, Sendable, Equatable {
    /// Path as asked for.
    public var path: String
    /// The system's words: `No such file or directory`.
    public var reason: String

    /// Makes a failure.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}
