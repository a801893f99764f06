import Board
import Glibc
import Journal
import MigrateCore
import Synchronization

/// The journal of one runbook in one environment, as the board reads it; there may be none yet.
final class JournalBoardSource: BoardSource {
    private struct Opened {
        var journal: SQLiteJournal
        var inode: UInt64
    }

    private struct Known {
        var opened: Opened?
        /// Whether there was a journal once.
        var wasThere = false
    }

    private let keeper: RunKeeper
    private let path: String
    private let known = Mutex(Known())

    /// Looks at the journal of `keeper`'s target, whether it is there yet or not.
    ///
    /// Throws: what reading the runbook throws.
    init(keeper: RunKeeper) throws {
        self.keeper = keeper
        path = try keeper.journalPath()
    }

    /// The journal that lies there now; nil before there is one.
    ///
    /// Rule: a journal that was there and is not any more is a fault, never a run that has not begun. Why looked at each
    /// time: a rehearsal begins by removing the journal of the one before.
    ///
    /// Throws: `JournalFault`.
    private func journal() throws -> SQLiteJournal? {
        try known.withLock { known in
            var status = stat()
            guard stat(path, &status) == 0 else {
                let code = errno
                known.opened = nil
                guard code == ENOENT || code == ENOTDIR else {
                    throw JournalFault.cannotOpen(path: path, reason: .other(String(cString: strerror(code))))
                }
                return try missing(known)
            }
            let inode = UInt64(status.st_ino)
            if let opened = known.opened, opened.inode == inode { return opened.journal }
            known.opened = nil
            guard let journal = try keeper.journalToRead() else { return try missing(known) }
            known = Known(opened: Opened(journal: journal, inode: inode), wasThere: true)
            return journal
        }
    }

    private func missing(_ known: Known) throws -> SQLiteJournal? {
        if known.wasThere { throw JournalFault.cannotOpen(path: path, reason: .missing) }
        return nil
    }

    func newest() throws -> BoardNews {
        guard let found = try journal()?.newest() else { return BoardNews(run: 0, sequence: 0, head: nil) }
        return BoardNews(run: found.run, sequence: found.sequence, head: found.hash)
    }

    func header() throws -> RunHeader {
        if let header = try journal()?.latestRun() { return header }
        return RunHeader(
            number: 0,
            plan: try keeper.composition.plan(keeper.target).plan,
            digest: "",
            source: "",
            initiator: ProcessIdentity.user,
            startedAt: keeper.composition.clock.now(),
            toolVersion: ToolVersion.text
        )
    }

    func entries(of run: Int, after sequence: Int) throws -> [JournalEntry] {
        try journal()?.events(of: run, after: sequence) ?? []
    }

    func holder() throws -> (record: LeaseRecord?, isAlive: Bool) {
        let record = try journal()?.currentLease()
        return (record, record.map { ProcessIdentity.mayBeAlive($0, now: keeper.composition.clock.now()) } ?? false)
    }

    func evidence(of run: Int, step: StepID) throws -> [StepEvidence] {
        try journal()?.evidence(of: run, step: step) ?? []
    }
}
