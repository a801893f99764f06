import MigrateCore
import TestSupport

/// A process's way to the journal: refused to the dead, cut off at any append, and told to the auditor.
final class WatchedJournal: RunJournal, @unchecked Sendable {
    // Why unchecked: touched by the scheduler's one thread alone.
    private let base: InMemoryJournal
    private let process: SimulatedProcess
    private let auditor: Auditor
    private let dice: Dice
    private let run: Int
    /// Chances in a thousand that an append meets a full disk, or a kill just before or just after it.
    private let ills: Int

    /// Makes the way of `process` to `base`.
    init(base: InMemoryJournal, process: SimulatedProcess, auditor: Auditor, dice: Dice, ills: Int) {
        self.base = base
        self.process = process
        self.auditor = auditor
        self.dice = dice
        self.ills = ills
        run = auditor.shadow.header.number
    }

    private func refuseTheDead() throws { if process.isDead { throw ProcessDied() } }

    /// Appends, or meets one of the ills.
    func append(
        _ events: [JournalEntry],
        evidence: [StepEvidence],
        standing: Standing,
        to run: Int,
        under lease: Lease
    ) throws {
        try refuseTheDead()
        let ill = ills > 0 && dice.below(1000) < ills ? dice.below(3) : 3
        if ill == 0 {
            auditor.story("#\(process.number) meets a full disk")
            throw DiskFull()
        }
        if ill == 1 { try die("before") }
        try base.append(events, evidence: evidence, standing: standing, to: run, under: lease)
        auditor.demand(
            lease.epoch == auditor.epoch,
            "an append under lease \(lease.epoch), and \(auditor.epoch) has begun"
        )
        auditor.appended(try base.events(of: run).suffix(events.count), by: process)
        auditor.shown(try base.latestSnapshot())
        if ill == 2 { try die("after") }
    }

    /// Goes over to a later definition.
    func revise(
        _ definition: RunDefinition,
        events: [JournalEntry],
        leaving lines: RunLines,
        of run: Int,
        under lease: Lease
    ) throws {
        try refuseTheDead()
        try base.revise(definition, events: events, leaving: lines, of: run, under: lease)
    }

    private func die(_ when: String) throws {
        auditor.story("#\(process.number) is killed \(when) an append")
        process.kill()
        throw ProcessDied()
    }

    /// Takes the lease.
    func acquireLease(_ claim: LeaseClaim, takesOver: Bool) throws -> Lease {
        try refuseTheDead()
        let lease = try base.acquireLease(claim, takesOver: takesOver)
        auditor.demand(lease.epoch > auditor.epoch, "lease \(lease.epoch) follows \(auditor.epoch)")
        auditor.epoch = lease.epoch
        process.epoch = lease.epoch
        auditor.story("#\(process.number) takes lease \(lease.epoch)")
        return lease
    }

    /// Renews the lease.
    func renew(_ lease: Lease, at now: Timestamp) throws {
        try refuseTheDead()
        try base.renew(lease, at: now)
    }

    /// Lets go of the lease.
    func release(_ lease: Lease) throws {
        try refuseTheDead()
        try base.release(lease)
    }

    /// How the latest run stands.
    func latestSnapshot() throws -> RunSnapshot? { try base.latestSnapshot() }

    /// Latest run.
    func latestRun() throws -> RunHeader? { try base.latestRun() }

    /// Events.
    func events(of run: Int) throws -> [JournalEntry] { try base.events(of: run) }

    /// Hash of the last event.
    func headHash(of run: Int) throws -> String { try base.headHash(of: run) }

    /// Evidence.
    func evidence(of run: Int, step: StepID?) throws -> [StepEvidence] { try base.evidence(of: run, step: step) }

    /// Begins a run.
    func begin(_ header: RunHeader, under lease: Lease) throws -> RunHeader { try base.begin(header, under: lease) }

    /// Sees that `lease` is still held.
    func check(_ lease: Lease) throws { try base.check(lease) }

    /// Lease as it stands.
    func currentLease() throws -> LeaseRecord? { try base.currentLease() }

    /// Leaves a request.
    func insert(_ act: RunRequest.Act, by: String, at: Timestamp) throws -> RunRequest {
        try refuseTheDead()
        return try base.insert(act, by: by, at: at)
    }

    /// Requests after `id`.
    func requests(after id: Int) throws -> [RunRequest] {
        try refuseTheDead()
        return try base.requests(after: id)
    }
}
