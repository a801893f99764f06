import GRDB
import Glibc
import MigrateCore

extension SQLiteJournal {
    /// Brings a file of an older format to this tool's, in one transaction.
    ///
    /// Until that has succeeded a copy of the old file is kept beside it, as `….sqlite.format-2`.
    /// Throws: `JournalFault`; the file is then as it was.
    func bringToThisFormat() throws {
        let found = try read { try Schema.format(of: $0) }
        // Why removed: the process that brought it here may have been killed before it did so.
        guard found < Schema.format else {
            for format in 1..<Schema.format { unlink("\(path).format-\(format)") }
            return
        }
        let copy = "\(path).format-\(found)"
        try keepCopy(at: copy)
        try write { db in
            // Why asked again: another process may have done it since.
            guard try Schema.format(of: db) == found else { return }
            try Schema.bring(from: found, in: db)
            // Why also from format 2: how a run stands may have been left behind by its events.
            if let header = try latestRun(in: db) {
                let state = RunState.replay(header, entries: try events(of: header.number, in: db))
                try Self.write(RunLines(of: state), of: header.number, into: db)
            }
        }
        guard unlink(copy) == 0 || errno == ENOENT else {
            throw JournalFault.diskFailed(path: copy, detail: String(cString: strerror(errno)))
        }
    }

    /// Copies what is committed to `copy`, durably, and whole or not at all.
    private func keepCopy(at copy: String) throws {
        FilePath.sweepDrafts(of: copy)
        let draft = FilePath.draft(of: copy)
        defer { for ending in ["", "-journal"] { unlink(draft + ending) } }
        try withoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [draft]) }
        let file = Glibc.open(draft, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw JournalFault.diskFailed(path: draft, detail: String(cString: strerror(errno))) }
        defer { Glibc.close(file) }
        guard fsync(file) == 0, rename(draft, copy) == 0 else {
            throw JournalFault.diskFailed(path: copy, detail: String(cString: strerror(errno)))
        }
    }
}
