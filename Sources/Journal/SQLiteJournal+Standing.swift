import GRDB
import MigrateCore

extension SQLiteJournal {
    /// How the latest run stands after its last append, and who holds the lease; nil when there is none.
    ///
    /// Why it may replay: a journal of format 1 has no lines, and an older tool that had it open while it was
    /// brought to this one writes events without them. The events are the truth; the lines save time.
    /// Throws: `JournalFault`.
    public func latestSnapshot() throws -> RunSnapshot? {
        try read { db in
            var snapshot = try line(in: db)
            if let run = snapshot?.run {
                // Why phase by phase: no line is held twice, and a status is a matter of milliseconds.
                snapshot?.phases = try PhaseRow.all(of: run, in: db, of: self).map { phase in
                    phase.snapshot(with: try StepRow.all(of: run, at: phase.places, in: db, of: self))
                }
            } else if let header = try latestRun(in: db) {
                let state = RunState.replay(header, entries: try events(of: header.number, in: db))
                snapshot = RunLines(of: state).snapshot
            }
            snapshot?.holder = try lease(in: db)
            return snapshot
        }
    }

    /// Compares the lines of the latest run with what its events add up to, which no hash of the chain covers.
    ///
    /// Throws: `JournalFault`.
    public func checkStanding() throws -> StandingReport {
        try read { db in
            guard let kept = try lines(in: db), let header = try latestRun(in: db) else {
                return StandingReport(isKept: false, isRunTrue: true, steps: [])
            }
            let state = RunState.replay(header, entries: try events(of: header.number, in: db))
            return StandingReport(of: kept, comparedWith: RunLines(of: state))
        }
    }

    /// Lines of the latest run; nil when there are none, or other than its last event left them.
    func lines(in db: Database) throws -> RunLines? {
        guard let line = try line(in: db) else { return nil }
        let phases = try PhaseRow.all(of: line.run, in: db, of: self)
        let places = 0..<(phases.last?.places.upperBound ?? 0)
        let steps = try StepRow.all(of: line.run, at: places, in: db, of: self)
        return RunLines(run: line, phases: phases, steps: steps)
    }

    /// The latest run's own line; nil when there is none, or other than its last event left it.
    private func line(in db: Database) throws -> RunSnapshot? {
        guard try Schema.format(of: db) >= Schema.firstFormatWithStandings,
            var line = try StandingRow.latest(in: db, of: self)
        else { return nil }
        let head = try Self.head(of: line.run, in: db)
        // Why: the run's own line is written when it is to be shown otherwise, and most events change steps alone.
        if head.hasLines {
            (line.events, line.changedAt) = (head.sequence, head.at)
        } else if line.events != head.sequence {
            return nil
        }
        return line
    }

    /// Writes every line of `run`, which is the latest, in place of those of the run before.
    static func write(_ lines: RunLines, of run: Int, into db: Database) throws {
        for table in ["standing", "phase_standing", "step_standing"] { try db.execute(sql: "DELETE FROM \(table)") }
        try StandingRow.insert(lines.run, into: db)
        try NoticeRow.write(lines.run.notices, of: run, into: db)
        for (place, phase) in lines.phases.enumerated() { try PhaseRow.write(phase, at: place, of: run, into: db) }
        for (place, step) in lines.steps.enumerated() { try StepRow.insert(step, at: place, of: run, into: db) }
    }

    /// Writes the lines that a batch of events changed.
    static func write(_ standing: Standing, of run: Int, into db: Database) throws {
        if standing.isRunChanged { try StandingRow.update(standing.run, into: db) }
        for (place, step) in standing.steps { try StepRow.update(step, at: place, of: run, into: db) }
    }
}
