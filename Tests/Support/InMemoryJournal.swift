import MigrateCore
import Synchronization

/// Journal that lives as long as the test, and refuses whatever a real one refuses.
public final class InMemoryJournal: RunJournal {
    private struct State {
        var runs: [RunHeader] = []
        var events: [Int: [JournalEntry]] = [:]
        var evidence: [Int: [StepEvidence]] = [:]
        var lines: [RunLines] = []
        var lease: LeaseRecord?
        var isHeld = false
        var requests: [(run: Int, request: RunRequest)] = []
        var appends = 0
        var checks = 0
    }

    private let state = Mutex(State())
    private let beforeAppend: @Sendable (Int) throws -> Void
    private let beforeCheck: @Sendable (Int) throws -> Void

    /// Makes an empty journal.
    ///
    /// `beforeAppend` is told the count of each append, from 1; when it throws, nothing is written, as on a full disk.
    /// `beforeCheck` is told that of each look whether the lease is held; it throws as on a disk that cannot be read.
    public init(
        beforeAppend: @escaping @Sendable (Int) throws -> Void = { _ in },
        beforeCheck: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) {
        self.beforeAppend = beforeAppend
        self.beforeCheck = beforeCheck
    }

    /// Latest run; nil when there is none.
    public func latestRun() throws -> RunHeader? { state.withLock { $0.runs.last } }

    /// How the latest run stands after its last append, and who holds the lease; nil when there is none.
    public func latestSnapshot() throws -> RunSnapshot? {
        state.withLock { state in
            var snapshot = state.lines.last?.snapshot
            snapshot?.holder = state.isHeld ? state.lease : nil
            return snapshot
        }
    }

    /// Events of `run` in order.
    public func events(of run: Int) throws -> [JournalEntry] { state.withLock { $0.events[run] ?? [] } }

    /// Text that is another after each event of `run`.
    ///
    /// Throws: `NoSuchRun`.
    public func headHash(of run: Int) throws -> String {
        try state.withLock { state in
            guard state.runs.indices.contains(run - 1) else { throw NoSuchRun(number: run) }
            return "\(run)-\(state.events[run]?.count ?? 0)"
        }
    }

    /// Evidence of `run`, for one step or all of them, in order.
    public func evidence(of run: Int, step: StepID?) throws -> [StepEvidence] {
        state.withLock { state in
            (state.evidence[run] ?? []).filter { step == nil || $0.step == step }
        }
    }

    /// Begins a run and gives it the next number.
    ///
    /// Throws: `LeaseLost`.
    public func begin(_ header: RunHeader, under lease: Lease) throws -> RunHeader {
        try state.withLock { state in
            try Self.check(lease, in: state)
            var header = header
            header.number = state.runs.count + 1
            state.runs.append(header)
            state.lines.append(RunLines(of: RunState(header: header)))
            return header
        }
    }

    /// Keeps `events`, `evidence` and how the run stands after them, all of it or nothing.
    ///
    /// Throws: `LeaseLost`, `OutOfSequence`, `NoSuchRun`, what `beforeAppend` throws.
    public func append(
        _ events: [JournalEntry],
        evidence: [StepEvidence],
        standing: Standing,
        to run: Int,
        under lease: Lease
    ) throws {
        try state.withLock { state in
            try Self.check(lease, in: state)
            guard state.runs.indices.contains(run - 1) else { throw NoSuchRun(number: run) }
            let next = (state.events[run]?.count ?? 0) + 1
            for (index, entry) in events.enumerated() where entry.sequence != next + index {
                throw OutOfSequence(run: run, expected: next + index, found: entry.sequence)
            }
            let places = next...next + events.count
            for piece in evidence where !places.contains(piece.sequence) {
                let nearest = piece.sequence < next ? next : places.upperBound
                throw OutOfSequence(run: run, expected: nearest, found: piece.sequence)
            }
            state.appends += 1
            try beforeAppend(state.appends)
            // Why through text: what a real journal cannot give back as it was must not pass here either.
            state.events[run, default: []] += try events.map { try Self.rewritten($0) }
            state.evidence[run, default: []] += places.flatMap { place in
                evidence.filter { $0.sequence == place }
            }
            state.lines[run - 1].take(standing)
        }
    }

    /// Keeps a later definition of `run`, and the events by which it goes over to it.
    ///
    /// Throws: as `append` does.
    public func revise(
        _ definition: RunDefinition,
        events: [JournalEntry],
        leaving lines: RunLines,
        of run: Int,
        under lease: Lease
    ) throws {
        let standing = Standing(run: lines.run, isRunChanged: true, steps: [:])
        try append(events, evidence: [], standing: standing, to: run, under: lease)
        state.withLock { state in
            state.runs[run - 1].revisions.append(definition)
            state.lines[run - 1] = lines
        }
    }

    private static func rewritten(_ entry: JournalEntry) throws -> JournalEntry {
        let bytes = try ValueEncoder.bytes(of: entry.event)
        let event = try ValueDecoder.decode(RunEvent.self, from: Value(parsing: bytes))
        return JournalEntry(sequence: entry.sequence, at: entry.at, event: event)
    }

    /// Takes the lease.
    ///
    /// Throws: `LeaseHeld`.
    public func acquireLease(_ claim: LeaseClaim, takesOver: Bool) throws -> Lease {
        try state.withLock { state in
            if state.isHeld, let holder = state.lease, let refusal = claim.refusal(by: holder, takesOver: takesOver) {
                throw refusal
            }
            let record = claim.record(epoch: (state.lease?.epoch ?? 0) + 1)
            state.lease = record
            state.isHeld = true
            return Lease(epoch: record.epoch)
        }
    }

    /// Renews the lease.
    ///
    /// Throws: `LeaseLost`.
    public func renew(_ lease: Lease, at now: Timestamp) throws {
        try state.withLock { state in
            try Self.check(lease, in: state)
            state.lease?.renewedAt = now
        }
    }

    /// Lets go of the lease; harmless when it was lost.
    public func release(_ lease: Lease) throws {
        state.withLock { state in
            if state.lease?.epoch == lease.epoch { state.isHeld = false }
        }
    }

    /// Sees that `lease` is still held.
    ///
    /// Throws: `LeaseLost`, what `beforeCheck` throws.
    public func check(_ lease: Lease) throws {
        try state.withLock { state in
            state.checks += 1
            try beforeCheck(state.checks)
            try Self.check(lease, in: state)
        }
    }

    /// The lease as it stands; nil when nobody holds it.
    public func currentLease() throws -> LeaseRecord? {
        state.withLock { $0.isHeld ? $0.lease : nil }
    }

    private static func check(_ lease: Lease, in state: State) throws {
        guard state.isHeld, state.lease?.epoch == lease.epoch else { throw LeaseLost() }
    }

    /// Leaves a request about the latest run for its holder.
    public func insert(_ act: RunRequest.Act, by: String, at: Timestamp) throws -> RunRequest {
        state.withLock { state in
            let request = RunRequest(id: state.requests.count + 1, act: act, by: by, at: at)
            state.requests.append((state.runs.count, request))
            return request
        }
    }

    /// Requests about the latest run with an id above `id`, in order.
    public func requests(after id: Int) throws -> [RunRequest] {
        state.withLock { state in
            state.requests.filter { $0.run == state.runs.count && $0.request.id > id }.map(\.request)
        }
    }
}
