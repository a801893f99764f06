/// Paths as SQLite and the system want them.
enum FilePath {
    /// Directory that holds `path`.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
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
