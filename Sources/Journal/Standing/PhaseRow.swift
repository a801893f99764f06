import GRDB
import MigrateCore

/// Line of a phase as its row holds it.
enum PhaseRow {
    private static let columns = "run, place, id, title, planned, first_step, steps"

    /// Writes `phase` as number `place` of `run`.
    static func write(_ phase: RunLines.Phase, at place: Int, of run: Int, into db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO phase_standing (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        try statement.execute(arguments: [
            run, place, phase.id.rawValue, TextColumn.write(phase.title), phase.planned.map { try TextColumn.json($0) },
            phase.places.lowerBound, phase.places.count,
        ])
    }

    /// Phases of `run` in order.
    static func all(of run: Int, in db: Database, of journal: SQLiteJournal) throws -> [RunLines.Phase] {
        let query = "SELECT \(columns) FROM phase_standing WHERE run = ? ORDER BY place"
        let rows = try Row.fetchCursor(db.cachedStatement(sql: query), arguments: [run])
        var phases: [RunLines.Phase] = []
        while let row = try rows.next() {
            let first: Int = try row.decode(atIndex: 5)
            let count: Int = try row.decode(atIndex: 6)
            let (end, isTooFar) = first.addingReportingOverflow(count)
            guard first >= 0, count >= 0, !isTooFar else {
                throw journal.corrupted("phase \(phases.count) of run \(run)")
            }
            phases.append(
                RunLines.Phase(
                    id: PhaseID(try row.decode(atIndex: 2)),
                    title: try TextColumn.title(row.decode(atIndex: 3)),
                    planned: try planned(row, of: journal),
                    places: first..<end
                )
            )
        }
        return phases
    }

    private static func planned(_ row: Row, of journal: SQLiteJournal) throws -> Duration? {
        guard !row.hasNull(atIndex: 4) else { return nil }
        return try journal.decode(from: row, column: 4, what: "time planned for a phase") {
            try ValueDecoder.decode(Duration.self, parsing: $0)
        }
    }
}
