import MigrateCore

/// What the board reads: a journal, and nothing else.
public protocol BoardSource: Sendable {
    /// Number of the latest run, of its last event, and that event's hash; 0 and nil while nothing has run.
    func newest() throws -> BoardNews
    /// The latest run as it began; before the first one, the run that would begin.
    func header() throws -> RunHeader
    /// Events of `run` after `sequence`, in order.
    func entries(of run: Int, after sequence: Int) throws -> [JournalEntry]
    /// Who holds the lease, and whether that process is there as far as can be told.
    func holder() throws -> (record: LeaseRecord?, isAlive: Bool)
    /// Evidence about `step` of `run`, in order.
    func evidence(of run: Int, step: StepID) throws -> [StepEvidence]
}

/// What tells whether there is something new.
public struct BoardNews: Sendable, Hashable {
    /// Latest run; 0 while nothing has run.
    public var run: Int
    /// Its last event.
    public var sequence: Int
    /// Hash of that event, in hexadecimal.
    public var head: String?

    /// Makes news.
    public init(run: Int, sequence: Int, head: String?) {
        self.run = run
        self.sequence = sequence
        self.head = head
    }
}
