import Journal
import MigrateCore

/// Journals to measure on.
enum Workload {
    /// When every run begins.
    static let noon = Timestamp(milliseconds: 1_768_305_600_000)

    /// New journal at `path` with a begun run of `plan`.
    static func open(_ path: String, plan: Plan) throws -> (journal: SQLiteJournal, lease: Lease) {
        let journal = try SQLiteJournal.open(
            path: path,
            wanted: JournalIdentity(runbook: plan.runbook, environment: plan.environment),
            mode: .readWrite(create: true)
        )
        let claim = LeaseClaim(
            user: "bench",
            host: "here",
            process: 1,
            processStart: "0",
            operation: "bench",
            at: noon,
            isDead: { _ in true }
        )
        let lease = try journal.acquireLease(claim, takesOver: false)
        let header = RunHeader(
            number: 0,
            plan: plan,
            digest: "",
            source: "",
            initiator: "bench",
            startedAt: noon,
            toolVersion: "bench"
        )
        _ = try journal.begin(header, under: lease)
        return (journal, lease)
    }
}
