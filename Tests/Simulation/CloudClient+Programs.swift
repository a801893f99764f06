import MigrateCore

/// Changes that programs make.
extension CloudClient {
    /// Waits for the program on record, or starts one, puts it on record, lets it go and waits for it.
    func performByProgram(
        _ change: Change,
        of step: StepID,
        _ ledger: ProgramLedger
    ) async -> Finding<PerformOutcome> {
        if let earlier = ledger.earlier {
            guard let program = cloud.programs.program(earlier) else {
                cloud.auditor.violated("`\(step)` waits for a program that there never was")
                return Finding(.unknown(Problem("no such program")))
            }
            return Finding(await outcome(of: program))
        }
        guard let intent = cloud.auditor.intent(of: change, for: step) else {
            return Finding(.unknown(Problem("refused by the auditor")))
        }
        let program = cloud.programs.start(for: intent, by: process)
        do { try await ledger.record(program.record) } catch {
            cloud.programs.close(program)
            return Finding(.unknown(Problem("not on record")))
        }
        if process.isDead {
            cloud.programs.close(program)
        } else {
            letGo(program)
        }
        return Finding(await outcome(of: program))
    }

    private func letGo(_ program: SimulatedPrograms.Program) {
        let fate = fate(of: program.intent.change)
        let length = dice.milliseconds(SimulatedPrograms.work)
        let isTold = fate != .answerLost && fate != .partial
        let isLetGo = cloud.programs.open(program, for: length) { [cloud] in
            CloudClient.arrived(program.intent, fate: fate, at: cloud).ofAProgram(isTold: isTold)
        }
        if isLetGo { cloud.auditor.letGo(program, of: cloud.programs) }
    }

    private func outcome(of program: SimulatedPrograms.Program) async -> PerformOutcome {
        let intent = program.intent
        intent.awaitedBy.insert(process.number)
        defer { intent.awaitedBy.remove(process.number) }
        while !process.isDead, !Task.isCancelled {
            switch cloud.programs.look(at: program) {
            case .waiting, .begun: await pause(.milliseconds(500))
            case .closed: return .notBegun
            case .ended(let outcome):
                if case .applied = outcome { intent.answered = process }
                return outcome
            }
        }
        return .unknown(Problem("nobody waits any more"))
    }
}

extension PerformOutcome {
    /// The same as a program leaves it: it is throttled by nobody, and one that fails may have done its work.
    fileprivate func ofAProgram(isTold: Bool) -> PerformOutcome {
        switch self {
        case .applied, .unknown, .unclear, .notBegun: isTold ? self : .unknown(Problem("exit status 7"))
        case .notApplied(let problem, _): .notApplied(problem, isTransient: false)
        }
    }
}
