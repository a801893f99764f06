import GRDB
import Synchronization

/// A journal's file opened to be read, without a trace: no lock file, no recovery, no checkpoint.
///
/// Rule: while no write-ahead log stands beside it, the file is read as immutable, and every read is thrown away and
/// repeated when the files changed under it. Why: reading WAL the usual way makes `-shm` and `-wal`, which needs a
/// directory that one may write. What if you don't: `status` fails for everybody but the user who runs.
final class ReadableFile: Sendable {
    private struct Connection {
        var queue: DatabaseQueue
        /// State that an immutable connection was made for; nil for one that takes locks.
        var stamp: FileStamp?
        var identity: JournalIdentity
    }

    /// How often a read is repeated before giving up; each time, a writer opened and closed the journal during it.
    private static let patience = 20

    private let path: String
    private let wanted: JournalIdentity?
    private let connection: Mutex<Connection>

    /// Opens the file at `path`.
    ///
    /// Throws: `JournalFault`.
    init(path: String, wanted: JournalIdentity?) throws {
        self.path = path
        self.wanted = wanted
        connection = Mutex(try Self.connect(path, wanted: wanted))
    }

    /// What it is about.
    var identity: JournalIdentity { connection.withLock { $0.identity } }

    private static func connect(_ path: String, wanted: JournalIdentity?) throws -> Connection {
        for _ in 0..<patience {
            let stamp = try FileStamp(path: path)
            let isQuiet = stamp.writeAheadLogSize == 0
            let attempt = Result {
                try JournalFault.mapping(path) {
                    var configuration = Configuration()
                    configuration.readonly = true
                    configuration.busyMode = .timeout(WritableFile.patience)
                    let query = isQuiet ? "mode=ro&immutable=1" : "mode=ro"
                    let queue = try DatabaseQueue(path: FilePath.uri(path, query: query), configuration: configuration)
                    let identity = try queue.read { try Schema.identity(of: $0, path: path, wanted: wanted) }
                    return Connection(queue: queue, stamp: isQuiet ? stamp : nil, identity: identity)
                }
            }
            if !isQuiet { return try attempt.get() }
            if try FileStamp(path: path) == stamp { return try attempt.get() }
        }
        throw JournalFault.busy(path: path)
    }

    /// Reads in one transaction, once more for each time that the files changed under it.
    func read<Result: Sendable>(_ body: (Database) throws -> Result) throws -> Result {
        try connection.withLock { connection in
            for _ in 0..<Self.patience {
                if let stamp = connection.stamp, try FileStamp(path: path) != stamp {
                    connection = try Self.connect(path, wanted: wanted)
                }
                let result = Swift.Result { try JournalFault.mapping(path) { try connection.queue.read(body) } }
                guard let stamp = connection.stamp, try FileStamp(path: path) != stamp else { return try result.get() }
            }
            throw JournalFault.busy(path: path)
        }
    }

    /// Closes the file.
    func close() throws {
        try connection.withLock { connection in
            try JournalFault.mapping(path) { try connection.queue.close() }
        }
    }
}
