/// Keeps the events of runs, the lease and the requests of one runbook in one environment.
///
/// Rule: `append` returns only when the events would survive a loss of power. Why: what follows it touches the world.
/// Functions are synchronous so that nothing can come between a decision and its record.
public protocol RunJournal: Sendable {
    /// Latest run; nil when there is none.
    func latestRun() throws -> RunHeader?

    /// How the latest run stands after its last append, and who holds the lease; nil when there is none.
    ///
    /// Equal to what the replay of its events gives. Whether the holder is alive is left to `RunSnapshot.see`.
    func latestSnapshot() throws -> RunSnapshot?

    /// Events of `run` in order.
    func events(of run: Int) throws -> [JournalEntry]

    /// Hash of the last event of `run`, in hexadecimal; that of its header while it has no event.
    func headHash(of run: Int) throws -> String

    /// Evidence of `run`, for one step or all of them, in order.
    func evidence(of run: Int, step: StepID?) throws -> [StepEvidence]

    /// Begins a run with a pinned definition, and gives it the next number.
    ///
    /// Throws: `LeaseLost`.
    func begin(_ header: RunHeader, under lease: Lease) throws -> RunHeader

    /// Makes `events`, `evidence` and how the run stands after them durable in one transaction, under `lease`.
    ///
    /// Events follow the last one of `run` without a gap. Evidence belongs to any event of the batch, or to the one
    /// after it, for which it then waits. What the plan says of the run and its steps stays as `begin` or `revise` wrote
    /// it, whatever `standing` says.
    /// Throws: `LeaseLost` when another process has taken over, `OutOfSequence`, `NoSuchRun`; nothing is written then.
    func append(
        _ events: [JournalEntry],
        evidence: [StepEvidence],
        standing: Standing,
        to run: Int,
        under lease: Lease
    ) throws

    /// Makes a later definition of `run` durable together with the `events` by which it goes over to it, and with how
    /// it stands then.
    ///
    /// Throws: as `append` does.
    func revise(
        _ definition: RunDefinition,
        events: [JournalEntry],
        leaving lines: RunLines,
        of run: Int,
        under lease: Lease
    ) throws

    /// Takes the lease.
    ///
    /// Throws: `LeaseHeld` as `LeaseClaim.refusal(by:takesOver:)` says.
    func acquireLease(_ claim: LeaseClaim, takesOver: Bool) throws -> Lease

    /// Renews the lease. Throws: `LeaseLost`.
    func renew(_ lease: Lease, at now: Timestamp) throws

    /// Lets go of the lease; harmless when it was lost.
    func release(_ lease: Lease) throws

    /// Sees that `lease` is still held, right before a call that needs it. Throws: `LeaseLost`.
    func check(_ lease: Lease) throws

    /// The lease as it stands; nil when nobody holds it.
    func currentLease() throws -> LeaseRecord?

    /// Leaves a request about the latest run for its holder.
    func insert(_ act: RunRequest.Act, by: String, at: Timestamp) throws -> RunRequest

    /// Requests about the latest run with an id above `id`, in order.
    func requests(after id: Int) throws -> [RunRequest]
}

/// A run and what it carries out.
public struct RunHeader: Sendable, Hashable {
    /// Count from 1 in its journal; 0 before it is begun.
    public var number: Int
    /// Pinned plan.
    public var plan: Plan
    /// SHA-256 of the plan's canonical text, in hexadecimal.
    public var digest: String
    /// Text of the runbook as it was read.
    public var source: String
    /// Who began it.
    public var initiator: String
    /// When.
    public var startedAt: Timestamp
    /// Version of the tool that began it.
    public var toolVersion: String
    /// Definitions that it went over to later, in order; what `plan`, `digest` and `source` are until its events say
    /// so is the first one.
    public var revisions: [RunDefinition]

    /// Makes a header.
    public init(
        number: Int,
        plan: Plan,
        digest: String,
        source: String,
        initiator: String,
        startedAt: Timestamp,
        toolVersion: String,
        revisions: [RunDefinition] = []
    ) {
        self.number = number
        self.plan = plan
        self.digest = digest
        self.source = source
        self.initiator = initiator
        self.startedAt = startedAt
        self.toolVersion = toolVersion
        self.revisions = revisions
    }
}

/// One event, its place and its time.
public struct JournalEntry: Sendable, Hashable {
    /// Count from 1 in its run, without gaps.
    public var sequence: Int
    /// When it was decided.
    public var at: Timestamp
    /// Event.
    public var event: RunEvent

    /// Makes an entry.
    public init(sequence: Int, at: Timestamp, event: RunEvent) {
        self.sequence = sequence
        self.at = at
        self.event = event
    }
}

/// Evidence and where it belongs.
public struct StepEvidence: Sendable, Hashable {
    /// Step it is about; nil for the run.
    public var step: StepID?
    /// Stage: `probe`, `prepare`, `perform`, `settle`, `reconcile`, `verify`, `watch`, `return`.
    public var stage: String
    /// Sequence of the event that it belongs to.
    public var sequence: Int
    /// Evidence.
    public var evidence: Evidence

    /// Makes a piece.
    public init(step: StepID?, stage: String, sequence: Int, evidence: Evidence) {
        self.step = step
        self.stage = stage
        self.sequence = sequence
        self.evidence = evidence
    }
}

/// A lease that this process holds.
public struct Lease: Sendable, Hashable {
    /// Count of leases of this journal; each later holder has a larger one.
    public var epoch: Int
    /// Makes a lease.
    public init(epoch: Int) { self.epoch = epoch }
}

/// Who wants the lease, and for what.
public struct LeaseClaim: Sendable, Hashable {
    /// User name.
    public var user: String
    /// Host name.
    public var host: String
    /// Process id.
    public var process: Int32
    /// When that process began, in the system's own count; tells a process from a later one with its number.
    public var processStart: String
    /// What it wants to do: `run phase-4`.
    public var operation: String
    /// Now.
    public var at: Timestamp
    /// Tells whether the process of an earlier holder on this host is certainly gone.
    public var isDead: @Sendable (LeaseRecord) -> Bool

    /// Equal when they name the same process and operation.
    public static func == (one: LeaseClaim, other: LeaseClaim) -> Bool {
        one.user == other.user && one.host == other.host && one.process == other.process
            && one.processStart == other.processStart && one.operation == other.operation && one.at == other.at
    }
    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(user)
        hasher.combine(host)
        hasher.combine(process)
    }

    /// Makes a claim.
    public init(
        user: String,
        host: String,
        process: Int32,
        processStart: String,
        operation: String,
        at: Timestamp,
        isDead: @escaping @Sendable (LeaseRecord) -> Bool
    ) {
        self.user = user
        self.host = host
        self.process = process
        self.processStart = processStart
        self.operation = operation
        self.at = at
        self.isDead = isDead
    }
}

/// Who holds the lease.
public struct LeaseRecord: Sendable, Hashable, Codable {
    /// Count.
    public var epoch: Int
    /// User name.
    public var user: String
    /// Host name.
    public var host: String
    /// Process id.
    public var process: Int32
    /// When that process began, in the system's own count.
    public var processStart: String
    /// What it does.
    public var operation: String
    /// When it was taken.
    public var acquiredAt: Timestamp
    /// When it was last renewed.
    public var renewedAt: Timestamp

    /// How long a lease holds without being renewed.
    public static let lifetime: Duration = .seconds(60)
    /// How often its holder renews it.
    public static let renewal: Duration = .seconds(10)

    /// Makes a record.
    public init(
        epoch: Int,
        user: String,
        host: String,
        process: Int32,
        processStart: String,
        operation: String,
        acquiredAt: Timestamp,
        renewedAt: Timestamp
    ) {
        self.epoch = epoch
        self.user = user
        self.host = host
        self.process = process
        self.processStart = processStart
        self.operation = operation
        self.acquiredAt = acquiredAt
        self.renewedAt = renewedAt
    }
}

/// Another live process holds the lease.
public struct LeaseHeld: Error, Sendable, Hashable {
    /// Who.
    public var holder: LeaseRecord
    /// Whether it has not been renewed in time, so that `takeover` may take it.
    public var isExpired: Bool
    /// Makes the error.
    public init(holder: LeaseRecord, isExpired: Bool) {
        self.holder = holder
        self.isExpired = isExpired
    }
}

/// Another process has taken over; this one must stop at once.
public struct LeaseLost: Error, Sendable, Hashable {
    /// Makes the error.
    public init() {}
}
