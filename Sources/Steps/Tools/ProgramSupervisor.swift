import MigrateCore

/// Runs programs that change something, each behind a gate, so that one can outlive this process and still be waited
/// for; lives at the rim.
public protocol ProgramSupervisor: Sendable {
    /// Starts `command` at its gate, has it put on record, opens the gate, and waits to its end.
    ///
    /// `folder` is made for it, and holds what it writes. Cancelling the task before it is on record closes the gate;
    /// from then on the program goes on without us.
    /// - Throws: `ProcessFailure`; what `record` throws, nothing having been run then; `CancellationError`.
    func run(
        _ command: ProcessCommand,
        in folder: String,
        record: (ChildProgram) async throws -> Void
    ) async throws -> ProcessResult

    /// Waits for a program that another process put on record, and reads how it ended.
    ///
    /// `tell` gets a line for people while it waits. Cancelling the task leaves the program alone.
    /// - Throws: `ProgramLoss`; `ProcessFailure.timedOut`; `CancellationError`.
    func result(
        of program: ChildProgram,
        outputLimit: Int,
        tell: @Sendable (String) -> Void
    ) async throws -> ProcessResult

    /// Removes what `program` left in its folder.
    ///
    /// - Throws: `FileFailure`.
    func forget(_ program: ChildProgram) async throws
}

/// Why nothing is known of how a program on record ended.
public enum ProgramLoss: Error, Sendable, Equatable {
    /// Its gate was never opened: it did nothing.
    case neverBegan
    /// It is gone and left no word of how it ended: it was killed, or the machine went down.
    case gone(ChildProgram)
    /// It runs, or ran, on a host that cannot be seen from here.
    case outOfSight(ChildProgram)
}
