import GRDB
import MigrateCore

/// Line of a step as its row holds it.
enum StepRow {
    /// What the plan says of a step.
    private static let planned = "place, id, title, kind, rollback, approval, composite"
    /// What becomes of it.
    private static let changing = """
        state, is_passed, is_owned, attempts, note, problem, hint, started_at, ended_at, waits_until
        """
    private static let insertion = """
        INSERT INTO step_standing (run, \(planned), \(changing))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    private static let change = """
        UPDATE step_standing SET (\(changing)) = (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        WHERE run = ?1 AND place = ?2
        """

    /// Writes how `step`, number `place` of `run`, stands now; what the plan says of it stays as it was inserted.
    static func update(_ step: StepSnapshot, at place: Int, of run: Int, into db: Database) throws {
        try write(step, by: DirectStatement(change, in: db), run, place)
    }

    /// Adds `step` as number `place` of `run`.
    static func insert(_ step: StepSnapshot, at place: Int, of run: Int, into db: Database) throws {
        try write(
            step,
            by: DirectStatement(insertion, in: db),
            run,
            place,
            step.id.rawValue,
            TextColumn.write(step.title),
            step.kind,
            step.rollback,
            step.approval,
            step.composite?.rawValue
        )
    }

    /// Runs `statement` with the values `before`, and after them those that change.
    private static func write<each Column: ColumnValue>(
        _ step: StepSnapshot,
        by statement: DirectStatement,
        _ before: repeat each Column
    ) throws {
        try statement.run(
            repeat each before,
            step.state,
            step.isPassed,
            step.isOwned,
            step.attempts,
            step.note,
            step.problem?.message,
            step.problem?.hint,
            step.startedAt?.milliseconds,
            step.endedAt?.milliseconds,
            step.waitsUntil?.milliseconds
        )
    }

    /// Steps of `run` at `places`, in order.
    static func all(
        of run: Int,
        at places: Range<Int>,
        in db: Database,
        of journal: SQLiteJournal
    ) throws -> [StepSnapshot] {
        let query = """
            SELECT \(planned), \(changing) FROM step_standing WHERE run = ? AND place >= ? AND place < ? ORDER BY place
            """
        var steps: [StepSnapshot] = []
        // Why not as many as a damaged file says.
        steps.reserveCapacity(min(places.count, 10_000))
        let missing = { journal.corrupted("line of step \(places.lowerBound + steps.count) of run \(run) is missing") }
        try DirectStatement(query, in: db).all(run, places.lowerBound, places.upperBound) { row in
            guard try row.int(0) == places.lowerBound + steps.count else { throw missing() }
            steps.append(try step(row))
        }
        guard steps.count == places.count else { throw missing() }
        return steps
    }

    private static func step(_ row: DirectRow) throws -> StepSnapshot {
        var step = try StepSnapshot(
            id: StepID(row.text(1)),
            title: TextColumn.title(row.text(2)),
            kind: row.text(3),
            state: row.text(7),
            rollback: row.text(4)
        )
        step.approval = try row.optionalText(5)
        step.composite = try row.optionalText(6).map { StepID($0) }
        step.isPassed = try row.int(8) != 0
        step.isOwned = try row.int(9) != 0
        step.attempts = try row.int(10)
        step.note = try row.optionalText(11)
        step.problem = try row.optionalText(12).map { Problem($0, hint: try row.optionalText(13)) }
        step.startedAt = try time(row, 14)
        step.endedAt = try time(row, 15)
        step.waitsUntil = try time(row, 16)
        return step
    }

    private static func time(_ row: DirectRow, _ index: Int32) throws -> Timestamp? {
        try row.optionalInt(index).map { Timestamp(milliseconds: Int64($0)) }
    }
}
