import Digest

#if canImport(Glibc)
    @preconcurrency import Glibc
#endif

/// Rows of a tab-separated file in `Fixtures`.
enum Table {
    struct Missing: Error {
        var path: String
    }

    static func rows(_ name: String) throws -> [[String]] {
        let path = String(#filePath.dropLast("Support/Table.swift".count)) + "Fixtures/" + name
        guard let file = fopen(path, "r") else { throw Missing(path: path) }
        defer { fclose(file) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { content += buffer[..<count] }
        return String(decoding: content, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Text that a column holds in hexadecimal.
    static func text(_ column: String) throws -> String {
        String(decoding: try bytes(column), as: UTF8.self)
    }

    /// Bytes that a column holds in hexadecimal.
    static func bytes(_ column: String) throws -> [UInt8] {
        guard let bytes = Hex.decode(column) else { throw Missing(path: column) }
        return bytes
    }
}
