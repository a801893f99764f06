import MigrateCore

extension World {
    /// Whether the program of this change was started by an earlier process, so that nothing is to be made ready for
    /// it.
    var isProgramStarted: Bool { program?.ledger.earlier != nil }

    /// Runs `command`, the one program that makes the change at hand, and records it.
    ///
    /// It is put on record before it begins. One that an earlier process started is waited for in its place.
    /// Throws: as `ProgramSupervisor.run` and `.result`.
    func runChange(_ command: ProcessCommand) async throws -> ProcessResult {
        guard let program else { preconditionFailure("only `move` starts a program that changes something") }
        program.take()
        let start = now()
        let subject = ([command.program] + command.arguments).joined(separator: " ")
        do {
            let result = try await outcome(of: located(command), program)
            program.sawEnd()
            let said: Value = [
                "output": .string(result.text.ending), "error_output": .string(result.errorText.ending),
            ]
            record(subject, result.termination.text, facts: said, since: program.ledger.earlier?.startedAt ?? start)
            return result
        } catch {
            record(subject, Problem(of: error).message, since: start)
            throw error
        }
    }

    private func outcome(of command: ProcessCommand, _ program: ProgramUse) async throws -> ProcessResult {
        let ledger = program.ledger
        if let earlier = ledger.earlier {
            return try await supervisor.result(of: earlier, outputLimit: command.outputLimit, tell: ledger.tell)
        }
        var command = command
        if let allowed = ledger.allowed { command.timeout = min(command.timeout, allowed) }
        return try await supervisor.run(command, in: folderForProgram()) { try await program.record($0) }
    }

    /// A folder of its own for each program, named after the step for people.
    private func folderForProgram() -> String {
        let step = mark.prefix { $0 != " " }.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return "\(programsDirectory)/\(String(step))-\(String(random(), radix: 16))"
    }
}
