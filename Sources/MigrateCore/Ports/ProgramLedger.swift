/// Account of the program that makes a change; handed to `StepExecutor.perform`.
///
/// Rule: a program starts its work only once it is on record, and one that is on record is waited for. Why: it can
/// outlive us. What if you don't: the next process starts it a second time, beside the first.
public struct ProgramLedger: Sendable {
    /// Program that an earlier process started for this very change; nil when none is on record.
    ///
    /// When there is one, it is waited for, and nothing is started.
    public var earlier: ChildProgram?
    /// Time that the step allows; nil leaves it to the kind.
    public var allowed: Duration?
    /// Makes durable that a program is started and waits at its gate; or, once it is over, which lock it left.
    ///
    /// Throws: when it could not be, or the run no longer asks for it; the gate must then stay closed.
    public var record: @Sendable (ChildProgram) async throws -> Void
    /// Tells the operator how far the wait is, in one line.
    public var tell: @Sendable (String) -> Void

    /// Makes a ledger.
    public init(
        earlier: ChildProgram? = nil,
        allowed: Duration? = nil,
        tell: @escaping @Sendable (String) -> Void,
        record: @escaping @Sendable (ChildProgram) async throws -> Void
    ) {
        self.earlier = earlier
        self.allowed = allowed
        self.tell = tell
        self.record = record
    }
}

/// The run no longer asks for a program, or cannot put it on record; the program was not let go.
public struct ProgramNotRecorded: Error, Sendable, Hashable {
    /// Makes the error.
    public init() {}
}
