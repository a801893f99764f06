import MigrateCore
import Steps
import Synchronization
import Testing

/// Runs nothing: answers commands in the order of its script and refuses every other.
final class ScriptedPrograms: ProcessRunner, ProgramSupervisor {
    private struct State {
        var rest: [(line: String, answer: Result<ProcessResult, ProcessFailure>)]
        var seen: [ProcessCommand] = []
        var recorded: [ChildProgram] = []
        var loss: ProgramLoss?
    }
    private let state: Mutex<State>

    init(_ script: [(String, Result<ProcessResult, ProcessFailure>)] = []) {
        state = Mutex(State(rest: script.map { (line: $0.0, answer: $0.1) }))
    }

    func run(_ command: ProcessCommand) async throws -> ProcessResult {
        let line = ([command.program] + command.arguments).joined(separator: " ")
        return try state.withLock { state in
            state.seen.append(command)
            guard let next = state.rest.first, next.line == line else {
                Issue.record("unexpected command `\(line)`; the script has \(state.rest.first?.line ?? "nothing")")
                throw ProcessFailure.notFound(program: command.program)
            }
            state.rest.removeFirst()
            return try next.answer.get()
        }
    }

    func run(
        _ command: ProcessCommand,
        in folder: String,
        record: (ChildProgram) async throws -> Void
    ) async throws -> ProcessResult {
        let program = ChildProgram.sample(command.program, in: folder)
        try await record(program)
        state.withLock { $0.recorded.append(program) }
        return try await run(command)
    }

    /// Answers for a program that an earlier process started, by its name.
    func result(
        of program: ChildProgram,
        outputLimit: Int,
        tell: @Sendable (String) -> Void
    ) async throws -> ProcessResult {
        if let loss = state.withLock({ $0.loss }) { throw loss }
        tell("waiting for \(program.name)")
        return try await run(ProcessCommand("wait", [program.name], environment: [:]))
    }

    func forget(_ program: ChildProgram) async throws {}

    /// Has every program of an earlier process lost in this way.
    func lose(_ loss: ProgramLoss) { state.withLock { $0.loss = loss } }

    /// Programs that were put on record and begun.
    var recorded: [ChildProgram] { state.withLock { $0.recorded } }

    /// Commands so far.
    var seen: [ProcessCommand] { state.withLock { $0.seen } }

    /// Whether the whole script was played.
    var isOver: Bool { state.withLock { $0.rest.isEmpty } }
}

extension ProcessResult {
    /// Result of a program that wrote `text`.
    static func wrote(_ text: String, status: Int32 = 0, errors: String = "") -> ProcessResult {
        ProcessResult(.exited(status), output: Array(text.utf8), errorOutput: Array(errors.utf8))
    }
}

extension ChildProgram {
    /// A program that runs nowhere.
    static func sample(_ name: String, in folder: String = "/state/programs/x") -> ChildProgram {
        ChildProgram(
            name: name,
            process: 4242,
            processStart: "17@boot",
            host: "bastion",
            folder: folder,
            startedAt: Timestamp(milliseconds: 0),
            deadline: Timestamp(milliseconds: 600_000),
            grace: .seconds(5)
        )
    }
}
