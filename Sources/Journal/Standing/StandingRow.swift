import GRDB
import MigrateCore

/// Line of a run as its row holds it.
enum StandingRow {
    private static let columns = """
        run, sequence, runbook, environment, title, initiator, started_at, status, is_session_open, pause, "end",
        changed_at, time_scale
        """
    private static let replacement = "REPLACE INTO standing (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

    /// Writes the line of a run, in place of the one before.
    static func write(_ line: RunSnapshot, into db: Database) throws {
        try DirectStatement(replacement, in: db).run(
            line.run,
            line.events,
            line.runbook,
            line.environment,
            TextColumn.write(line.title),
            line.initiator,
            line.startedAt?.milliseconds,
            line.status.rawValue,
            line.isSessionOpen,
            line.pause.map { try TextColumn.json($0) },
            line.end.map { try TextColumn.json($0) },
            line.changedAt?.milliseconds,
            line.timeScale
        )
    }

    /// Line of the latest run; nil when there is none, or none was kept.
    static func latest(in db: Database, of journal: SQLiteJournal) throws -> RunSnapshot? {
        let query = "SELECT \(columns) FROM standing WHERE run = (SELECT max(number) FROM run)"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: query)) else { return nil }
        let number: Int = try row.decode(atIndex: 0)
        let word: String = try row.decode(atIndex: 7)
        guard let status = RunSnapshot.Status(rawValue: word) else {
            throw journal.corrupted("run \(number) stands as `\(word)`")
        }
        var line = try RunSnapshot(
            runbook: row.decode(atIndex: 2),
            environment: row.decode(atIndex: 3),
            title: TextColumn.title(row.decode(atIndex: 4)),
            run: number,
            status: status,
            initiator: row.decode(atIndex: 5),
            phases: []
        )
        line.events = try row.decode(atIndex: 1)
        line.startedAt = try TextColumn.time(row, 6)
        line.isSessionOpen = try row.decode(atIndex: 8)
        if !row.hasNull(atIndex: 9) {
            line.pause = try journal.decode(from: row, column: 9, what: "pause of run \(number)") {
                try ValueDecoder.decode(PauseReason.self, parsing: $0)
            }
        }
        if !row.hasNull(atIndex: 10) {
            line.end = try journal.decode(from: row, column: 10, what: "end of run \(number)") {
                try ValueDecoder.decode(SessionEnd.self, parsing: $0)
            }
        }
        line.changedAt = try TextColumn.time(row, 11)
        line.timeScale = try row.decode(atIndex: 12)
        line.notices = try NoticeRow.read(of: number, in: db, of: journal)
        return line
    }
}
