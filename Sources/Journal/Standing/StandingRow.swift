import GRDB
import MigrateCore

/// Line of a run as its row holds it.
enum StandingRow {
    /// What stays as it was when the run began.
    private static let fixed = "run, runbook, environment, title, initiator, started_at"
    private static let changing = #"sequence, status, is_session_open, pause, "end", changed_at, time_scale"#
    private static let insertion =
        "INSERT INTO standing (\(fixed), \(changing)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    private static let change = "UPDATE standing SET (\(changing)) = (?2, ?3, ?4, ?5, ?6, ?7, ?8) WHERE run = ?1"

    /// Writes how a run stands now.
    ///
    /// Why not in place of a line that is missing: then those of its steps may be, too, and readers replay.
    static func update(_ line: RunSnapshot, into db: Database) throws {
        try write(line, by: DirectStatement(change, in: db), line.run)
    }

    /// Adds the line of a run.
    static func insert(_ line: RunSnapshot, into db: Database) throws {
        try write(
            line,
            by: DirectStatement(insertion, in: db),
            line.run,
            line.runbook,
            line.environment,
            TextColumn.write(line.title),
            line.initiator,
            line.startedAt?.milliseconds
        )
    }

    /// Runs `statement` with the values `before`, and after them those that change.
    private static func write<each Column: ColumnValue>(
        _ line: RunSnapshot,
        by statement: DirectStatement,
        _ before: repeat each Column
    ) throws {
        try statement.run(
            repeat each before,
            line.events,
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
        let query = "SELECT \(fixed), \(changing) FROM standing WHERE run = (SELECT max(number) FROM run)"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: query)) else { return nil }
        let number: Int = try row.decode(atIndex: 0)
        let word: String = try row.decode(atIndex: 7)
        guard let status = RunSnapshot.Status(rawValue: word) else {
            throw journal.corrupted("run \(number) stands as `\(word)`")
        }
        var line = try RunSnapshot(
            runbook: row.decode(atIndex: 1),
            environment: row.decode(atIndex: 2),
            title: TextColumn.title(row.decode(atIndex: 3)),
            run: number,
            status: status,
            initiator: row.decode(atIndex: 4),
            phases: []
        )
        line.events = try row.decode(atIndex: 6)
        line.startedAt = try TextColumn.time(row, 5)
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
