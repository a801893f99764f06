import Glibc

import class Foundation.FileManager

/// Paths as SQLite and the system want them.
enum FilePath {
    /// Directory that holds `path`.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Name beside `path` for what is to become it; no one else has it.
    static func draft(of path: String) -> String { "\(path).new-\(getpid())-\(UInt32.random(in: .min ... .max))" }

    /// Removes drafts of `path`, with what SQLite put beside them, whose processes were killed.
    ///
    /// Why failures are not told: what stays is in nobody's way, and the next one who comes by tries again.
    static func sweepDrafts(of path: String) {
        let directory = directory(of: path)
        let beginning = "\(path.split(separator: "/").last ?? "").new-"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        where name.hasPrefix(beginning) {
            let process = pid_t(name.dropFirst(beginning.count).prefix { $0.isNumber })
            guard let process, process > 0, kill(process, 0) != 0, errno == ESRCH else { continue }
            unlink("\(directory)/\(name)")
        }
    }

    /// URI of `path` for SQLite, with `query` behind it.
    ///
    /// Why a URI: only so can a file be opened without being made, or as one that nobody writes.
    /// Source: https://www.sqlite.org/uri.html (read 2026-11-21).
    static func uri(_ path: String, query: String) -> String {
        var bytes = Array("file:".utf8)
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"):
                bytes += Array("%\(String(byte, radix: 16))".utf8)
            default:
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self) + "?" + query
    }
}
