/// Why a journal cannot be used.
///
/// Whatever was durable before still is.
public enum JournalFault: Error, Sendable, Hashable {
    /// The file cannot be opened.
    case cannotOpen(path: String, reason: OpenFailure)
    /// The file is something else.
    case notAJournal(path: String)
    /// A newer tool wrote it.
    case newerFormat(path: String, found: Int, supported: Int)
    /// It is about another runbook or environment.
    case otherRunbook(path: String, found: JournalIdentity, wanted: JournalIdentity)
    /// It may be read but not written.
    case readOnly(path: String)
    /// The disk is full.
    case full(path: String)
    /// Its content is damaged.
    case corrupted(path: String, detail: String)
    /// Another process kept it locked for longer than the time allowed.
    case busy(path: String)
    /// The disk failed; whether the last transaction is durable will be known when the journal is opened again.
    case diskFailed(path: String, detail: String)
    /// The database does not give the durability that was asked of it, as some network file systems do.
    case notDurable(path: String, journalMode: String, synchronous: Int)
    /// SQLite refused for a reason that has no case of its own.
    case refused(path: String, code: Int, detail: String)

    /// Why a file cannot be opened.
    public enum OpenFailure: Sendable, Hashable {
        /// There is none.
        case missing
        /// Its directory does not exist.
        case directoryMissing
        /// It is a directory.
        case isDirectory
        /// This user may not read it.
        case notReadable
        /// This user may not write in its directory, which SQLite must.
        case directoryNotWritable
        /// A crash left `-wal` beside it, which only a process that may write in the directory can take in.
        case needsRecovery
        /// Anything else, in the system's words.
        case other(String)
    }
}
