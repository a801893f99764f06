import Steps
import Synchronization
import Testing

/// Runs nothing: answers commands in the order of its script and refuses every other.
final class ScriptedPrograms: ProcessRunner {
    private struct State {
        var rest: [(line: String, answer: Result<ProcessResult, ProcessFailure>)]
        var seen: [ProcessCommand] = []
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
