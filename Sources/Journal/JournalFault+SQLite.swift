import GRDB
import Glibc
import MigrateCore

extension JournalFault {
    /// Sorts an error of SQLite by what an operator can do about it.
    init(_ error: DatabaseError, path: String) {
        let detail = error.message ?? "code \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_DIRECTORY:
            self = .cannotOpen(path: path, reason: .directoryNotWritable)
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
        case .SQLITE_CANTOPEN: self = .cannotOpen(path: path, reason: OpenFailure(path: path, detail: detail))
        case .SQLITE_CORRUPT: self = .corrupted(path: path, detail: detail)
        case .SQLITE_NOTADB: self = .notAJournal(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: self = .busy(path: path)
        // Why the second look: a log whose index cannot grow on a full disk is an I/O error to SQLite.
        case .SQLITE_IOERR: self = Self.isFull(path) ? .full(path: path) : .diskFailed(path: path, detail: detail)
        default: self = .refused(path: path, code: Int(error.extendedResultCode.rawValue), detail: detail)
        }
    }

    /// Space below which a file system counts as full: less than SQLite's index of a log grows by.
    private static let leastSpace: UInt64 = 32_768

    private static func isFull(_ path: String) -> Bool {
        var facts = statvfs()
        guard statvfs(FilePath.directory(of: path), &facts) == 0 else { return false }
        return UInt64(facts.f_bavail) * UInt64(facts.f_frsize) < leastSpace
    }

    /// Runs `body`, and turns what SQLite says into a fault.
    static func mapping<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw JournalFault(error, path: path)
        } catch let error as RowDecodingError {
            throw JournalFault.corrupted(path: path, detail: "\(error)")
        } catch let error as ValueSyntaxError {
            throw JournalFault.corrupted(path: path, detail: "\(error.message) at byte \(error.offset)")
        }
    }
}

extension JournalFault.OpenFailure {
    /// Looks why `path` could not be opened, since SQLite only says that it could not.
    init(path: String, detail: String) {
        let directory = FilePath.directory(of: path)
        var status = stat()
        if stat(path, &status) != 0 {
            self.init(lookingAt: path, failedWith: errno)
        } else if status.st_mode & S_IFMT == S_IFDIR {
            self = .isDirectory
        } else if access(path, R_OK) != 0 {
            self = .notReadable
        } else if access(directory, W_OK) != 0 {
            self = FileStamp.writeAheadLogSize(of: path) > 0 ? .needsRecovery : .directoryNotWritable
        } else {
            self = .other(detail)
        }
    }

    /// Sorts what the system said when it was asked about `path`.
    ///
    /// Why from the number: another process may make the file before anybody looks again.
    init(lookingAt path: String, failedWith code: Int32) {
        let directory = FilePath.directory(of: path)
        switch code {
        case ENOENT where access(directory, F_OK) != 0: self = .directoryMissing
        case ENOENT where access(directory, W_OK) != 0: self = .directoryNotWritable
        case ENOENT: self = .missing
        case EACCES: self = .notReadable
        default: self = .other(String(cString: strerror(code)))
        }
    }
}
