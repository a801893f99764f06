import MigrateCore

/// Programs that make changes: each waits at a gate until it is let go, and then goes on whether or not its starter lives.
final class SimulatedPrograms {
    /// How far a program has got.
    enum Progress {
        /// It stands at its gate.
        case waiting
        /// It was let go.
        case begun
        /// It is over, and left behind how it ended.
        case ended(PerformOutcome)
        /// It ended at its gate.
        case closed
    }

    /// One program.
    final class Program {
        /// As the journal has it.
        let record: ChildProgram
        /// Change that it makes.
        let intent: Intent
        /// Process that started it.
        let starter: SimulatedProcess
        /// How far it has got.
        fileprivate(set) var progress = Progress.waiting

        fileprivate init(_ record: ChildProgram, for intent: Intent, by starter: SimulatedProcess) {
            self.record = record
            self.intent = intent
            self.starter = starter
        }
    }

    private var programs: [String: Program] = [:]
    private let scheduler: Scheduler

    /// Longest time that one may be at work or stand at its gate.
    private static let limit: Duration = .seconds(400)
    /// Longest time that one is at work: it is never stopped, which is another story.
    static let work = 0...60_000

    /// Makes a machine on which none is at work.
    init(scheduler: Scheduler) { self.scheduler = scheduler }

    /// Starts one, which stops at its gate.
    func start(for intent: Intent, by starter: SimulatedProcess) -> Program {
        let number = programs.count + 1
        let record = ChildProgram(
            name: "program",
            process: Int32(number),
            processStart: "\(number)",
            host: "here",
            folder: "program-\(number)",
            startedAt: scheduler.now,
            deadline: scheduler.now + Self.limit,
            grace: .zero
        )
        let program = Program(record, for: intent, by: starter)
        programs[record.folder] = program
        return program
    }

    /// The one that a journal names.
    func program(_ record: ChildProgram) -> Program? { programs[record.folder] }

    /// How many are at work for `step`.
    func atWork(for step: StepID) -> Int {
        programs.values.count { program in
            guard case .begun = program.progress else { return false }
            return program.intent.attempt.step == step
        }
    }

    /// Lets one go, whose `end` tells how it ends after `length`; false when it is at its gate no more.
    func open(_ program: Program, for length: Duration, end: @escaping () -> PerformOutcome) -> Bool {
        guard case .waiting = program.progress else { return false }
        program.progress = .begun
        scheduler.after(length) { program.progress = .ended(end()) }
        return true
    }

    /// Ends one that stands at its gate.
    func close(_ program: Program) {
        if case .waiting = program.progress { program.progress = .closed }
    }

    /// What is to be seen of one: at its gate it ends with its starter, or when whoever waits for it has waited enough.
    func look(at program: Program) -> Progress {
        if case .waiting = program.progress,
            program.starter.isDead || program.starter.isOver || scheduler.now >= program.record.deadline
        {
            program.progress = .closed
        }
        return program.progress
    }
}
