import AWSClient
import Foundation
import Glibc
import Steps

/// Files of this machine.
struct LocalFiles: FileStore, AWSFiles {
    func read(_ path: String) async throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw FileFailure(path: path, reason: Self.reason(error))
        }
    }

    func exists(_ path: String) async -> Bool { FileManager.default.fileExists(atPath: path) }

    func isExecutable(_ path: String) async -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }

    func write(_ bytes: [UInt8], to path: String) async throws { try replace(path, with: bytes, mode: 0o644) }

    /// Bytes of a configuration file; nil when there is none.
    func read(_ path: String) throws -> [UInt8]? { try read(path) { try Data(contentsOf: $0) } }

    /// Up to `limit` bytes from the beginning of a configuration file; nil when there is none.
    func read(_ path: String, atMost limit: Int) throws -> [UInt8]? {
        try read(path) { try FileHandle(forReadingFrom: $0).read(upToCount: limit) ?? Data() }
    }

    private func read(_ path: String, by reading: (URL) throws -> Data) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return Array(try reading(URL(filePath: path)))
        } catch {
            throw FileFailure(path: path, reason: Self.reason(error))
        }
    }

    func write(_ bytes: [UInt8], to path: String) throws { try replace(path, with: bytes, mode: 0o600) }

    /// Writes `bytes` at the end of a file, which is made when there is none.
    func append(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileFailure(path: path, reason: Self.systemReason()) }
        defer { close(file) }
        try Self.write(bytes, to: file, path: path)
    }

    private static func write(_ bytes: [UInt8], to file: Int32, path: String) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw FileFailure(path: path, reason: systemReason()) }
            written += count
        }
    }

    /// Puts a file in place whole or not at all: written beside it, made durable, then renamed.
    private func replace(_ path: String, with bytes: [UInt8], mode: mode_t) throws {
        let directory = URL(filePath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw FileFailure(path: directory, reason: Self.reason(error))
        }
        Self.sweep(beside: path)
        let draft = "\(path).\(getpid())\(Self.draftEnding)"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard file >= 0 else { throw FileFailure(path: draft, reason: Self.systemReason()) }
        defer { close(file) }
        try Self.write(bytes, to: file, path: draft)
        guard fsync(file) == 0, rename(draft, path) == 0 else {
            throw FileFailure(path: path, reason: Self.systemReason())
        }
    }

    private static let draftEnding = ".new"

    /// Removes what processes that were killed while they wrote `path` left beside it.
    ///
    /// Why: whoever compares directories or reads all of one would take a draft for a file.
    private static func sweep(beside path: String) {
        let place = URL(filePath: path)
        let directory = place.deletingLastPathComponent()
        let beginning = place.lastPathComponent + "."
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [] {
            guard name.hasPrefix(beginning), name.hasSuffix(draftEnding),
                let process = pid_t(name.dropFirst(beginning.count).dropLast(draftEnding.count)), process > 0,
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            unlink(directory.appending(path: name).path)
        }
    }

    private static func systemReason() -> String { String(cString: strerror(errno)) }

    /// The system's words for `error`.
    static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        if let underlying, underlying.domain == NSPOSIXErrorDomain {
            return String(cString: strerror(Int32(underlying.code)))
        }
        return (error as NSError).localizedDescription
    }
}
