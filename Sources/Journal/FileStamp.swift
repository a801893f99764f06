import Glibc

/// What tells one state of a journal's files from another, as far as a reader without locks can see.
struct FileStamp: Hashable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let seconds: Int64
    private let nanoseconds: Int64
    /// Bytes in the write-ahead log; 0 when there is none.
    let writeAheadLogSize: Int64

    /// Looks at the file at `path` and at the log beside it.
    ///
    /// Throws: `JournalFault.cannotOpen`.
    init(path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw JournalFault.cannotOpen(path: path, reason: .init(lookingAt: path, failedWith: errno))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw JournalFault.cannotOpen(path: path, reason: .isDirectory)
        }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        seconds = Int64(status.st_mtim.tv_sec)
        nanoseconds = Int64(status.st_mtim.tv_nsec)
        writeAheadLogSize = Self.writeAheadLogSize(of: path)
    }

    /// Bytes in the write-ahead log of the database at `path`; 0 when there is none.
    static func writeAheadLogSize(of path: String) -> Int64 {
        var status = stat()
        return stat(path + "-wal", &status) == 0 ? Int64(status.st_size) : 0
    }
}
