import GRDB
import MigrateCore

/// Line of a step as its row holds it.
enum StepRow {
    private static let columns = """
        place, id, title, kind, rollback, approval, composite, state, is_passed, is_owned, attempts, note, problem,
        hint, started_at, ended_at, waits_until
        """

    /// Writes `step` as number `place` of `run`, in place of the line before.
    static func write(_ step: StepSnapshot, at place: Int, of run: Int, into db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                REPLACE INTO step_standing (run, \(columns))
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [
            run, place, step.id.rawValue, TextColumn.write(step.title), step.kind, step.rollback, step.approval,
            step.composite?.rawValue, step.state, step.isPassed, step.isOwned, step.attempts, step.note,
            step.problem?.message, step.problem?.hint, step.startedAt?.milliseconds, step.endedAt?.milliseconds,
            step.waitsUntil?.milliseconds,
        ])
    }

    /// Steps of `run` in order.
    static func all(of run: Int, in db: Database, of journal: SQLiteJournal) throws -> [StepSnapshot] {
        let query = "SELECT \(columns) FROM step_standing WHERE run = ? ORDER BY place"
        let rows = try Row.fetchCursor(db.cachedStatement(sql: query), arguments: [run])
        var steps: [StepSnapshot] = []
        while let row = try rows.next() {
            guard try row.decode(Int.self, atIndex: 0) == steps.count else {
                throw journal.corrupted("line of step \(steps.count) of run \(run) is missing")
            }
            steps.append(try step(row))
        }
        return steps
    }

    private static func step(_ row: Row) throws -> StepSnapshot {
        var step = try StepSnapshot(
            id: StepID(row.decode(atIndex: 1)),
            title: TextColumn.title(row.decode(atIndex: 2)),
            kind: row.decode(atIndex: 3),
            state: row.decode(atIndex: 7),
            rollback: row.decode(atIndex: 4)
        )
        step.approval = try row.decode(atIndex: 5)
        step.composite = try row.decode(String?.self, atIndex: 6).map { StepID($0) }
        step.isPassed = try row.decode(atIndex: 8)
        step.isOwned = try row.decode(atIndex: 9)
        step.attempts = try row.decode(atIndex: 10)
        step.note = try row.decode(atIndex: 11)
        step.problem = try row.decode(String?.self, atIndex: 12).map { Problem($0, hint: try row.decode(atIndex: 13)) }
        step.startedAt = try TextColumn.time(row, 14)
        step.endedAt = try TextColumn.time(row, 15)
        step.waitsUntil = try TextColumn.time(row, 16)
        return step
    }
}
