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

    private let keeper: RunKeeper
    private let path: String
    private let opened = Mutex<Opened?>(nil)

    /// Looks at the journal of `keeper`'s target, whether it is there yet or not.
    ///
    /// Throws: what reading the runbook throws.
    init(keeper: RunKeeper) throws {
        self.keeper = keeper
        path = try keeper.journalPath()
    }

    /// The journal that lies there now.
    ///
    /// Why looked at each time: a rehearsal begins by removing the journal of the one before.
    private func journal() throws -> SQLiteJournal? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            opened.withLock { $0 = nil }
            return nil
        }
        let inode = UInt64(status.st_ino)
        return try opened.withLock { opened in
            if let opened, opened.inode == inode { return opened.journal }
            opened = try keeper.journalToRead().map { Opened(journal: $0, inode: inode) }
            return opened?.journal
        }
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
