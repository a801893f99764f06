import Foundation
import Glibc
import Steps

/// The folder of one program: what it writes, and how it ended.
///
/// Only its owner may look: programs may print secrets.
struct ProgramFolder {
    /// Absolute path.
    let path: String

    /// File that standard output goes to.
    var output: String { "\(path)/output" }
    /// File that standard error goes to.
    var errors: String { "\(path)/errors" }
    /// File for a log that the program writes by itself.
    var log: String { "\(path)/\(ProcessCommand.logName)" }

    /// Makes the folder and its files.
    ///
    /// Throws: `FileFailure`.
    func make() throws {
        let manager = FileManager.default
        do {
            let above = URL(filePath: path).deletingLastPathComponent().path
            try manager.createDirectory(
                atPath: above,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try manager.createDirectory(
                atPath: path,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
        } catch { throw FileFailure(path: path, reason: LocalFiles.reason(error)) }
        for file in [output, errors, log] { try create(file, holding: []) }
        try create("\(path)/\(GateScript.draftName)", holding: GateScript.Progress.draft)
    }

    private func create(_ file: String, holding bytes: [UInt8]) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(path: file, reason: Self.systemReason()) }
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw FileFailure(path: file, reason: Self.systemReason()) }
    }

    private static func systemReason() -> String { String(cString: strerror(errno)) }

    /// How far the program has come; nil when that cannot be read.
    var progress: GateScript.Progress? {
        // Why in this order: the draft becomes the ending.
        for name in [GateScript.name, GateScript.draftName] {
            if let bytes = FileManager.default.contents(atPath: "\(path)/\(name)"),
                let progress = GateScript.Progress(Array(bytes))
            {
                return progress
            }
        }
        return nil
    }

    /// Last `limit` bytes of `file`.
    ///
    /// Throws: `FileFailure`.
    func tail(of file: String, limit: Int) throws -> [UInt8] {
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: file))
            defer { do { try handle.close() } catch { Talk.say("\(file): \(LocalFiles.reason(error))") } }
            let length = try handle.seekToEnd()
            try handle.seek(toOffset: length > UInt64(limit) ? length - UInt64(limit) : 0)
            return Array(try handle.readToEnd() ?? Data())
        } catch { throw FileFailure(path: file, reason: LocalFiles.reason(error)) }
    }

    /// Removes the folder; harmless when it is gone.
    ///
    /// Throws: `FileFailure`.
    func remove() throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch {
            throw FileFailure(path: path, reason: LocalFiles.reason(error))
        }
    }

    /// Removes every folder below `directory` but those at `kept`: what sessions that were killed left behind.
    ///
    /// Throws: `FileFailure`.
    static func sweep(_ directory: String, keeping kept: Set<String>) throws {
        guard FileManager.default.fileExists(atPath: directory) else { return }
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: directory) } catch {
            throw FileFailure(path: directory, reason: LocalFiles.reason(error))
        }
        for name in names.sorted() where !kept.contains("\(directory)/\(name)") {
            try ProgramFolder(path: "\(directory)/\(name)").remove()
        }
    }
}
