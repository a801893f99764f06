import Foundation
import Glibc
import MigrateCore
import Steps

/// Starts programs behind a gate, and waits for them whoever started them.
struct GatedPrograms: ProgramSupervisor {
    private let clock: SystemClock

    init(clock: SystemClock) { self.clock = clock }

    /// How often a program that is not our child is looked at.
    private static let interval: Duration = .milliseconds(100)

    func run(
        _ command: ProcessCommand,
        in folder: String,
        record: (ChildProgram) async throws -> Void
    ) async throws -> ProcessResult {
        let path = try await SubprocessRunner.path(of: command)
        try Self.refuse(command)
        let place = ProgramFolder(path: folder)
        do { try place.make() } catch let failure as FileFailure {
            throw ProcessFailure.notStarted(program: command.program, reason: "\(failure.path): \(failure.reason)")
        }
        var command = command
        if let variable = command.logVariable { command.environment[variable] = place.log }
        let child: GatedChild
        do { child = try GatedChild(command, at: path, in: place) } catch {
            try place.remove()
            throw error
        }
        let program = try await enter(command, child, place, record: record)
        child.open(input: command.input ?? [])
        let isLate = try await stopsLate(program, after: command.timeout) { try await child.isOver(within: $0) }
        return try await outcome(of: program, outputLimit: command.outputLimit, isLate: isLate)
    }

    /// Puts a child at its gate on record; closes the gate and leaves nothing when that fails.
    private func enter(
        _ command: ProcessCommand,
        _ child: GatedChild,
        _ place: ProgramFolder,
        record: (ChildProgram) async throws -> Void
    ) async throws -> ChildProgram {
        let now = clock.now()
        let program = ChildProgram(
            name: command.program.split(separator: "/").last.map(String.init) ?? command.program,
            process: child.process,
            processStart: ProcessIdentity.start(of: child.process) ?? "",
            host: ProcessIdentity.host,
            folder: place.path,
            startedAt: now,
            deadline: now + command.timeout,
            grace: command.grace
        )
        do {
            try await record(program)
            return program
        } catch {
            // Why not removed: it may be on record all the same, and the gate's shell says that nothing was begun.
            child.close()
            throw error
        }
    }

    func result(
        of program: ChildProgram,
        outputLimit: Int,
        tell: @Sendable (String) -> Void
    ) async throws -> ProcessResult {
        let group = ProgramGroup(program: program)
        let place = ProgramFolder(path: program.folder)
        let isOver: @Sendable (Duration) async throws -> Bool = { limit in
            let began = clock.now()
            while true {
                if case .ended = place.progress { return true }
                if group.isOnThisHost, !group.isAtWork { return true }
                guard clock.now() - began < limit else { return false }
                try await Task.sleep(for: Self.interval)
            }
        }
        if try await !isOver(.zero) {
            tell(group.isOnThisHost ? Phrasebook.waiting(for: program) : Phrasebook.outOfSight(program))
        }
        let left = program.deadline - clock.now()
        guard group.isOnThisHost else {
            // Why so long: whoever waits for it there stops it at its deadline, and gives it its grace for each signal.
            guard try await isOver(left + program.grace * 4) else { throw ProgramLoss.outOfSight(program) }
            return try await outcome(of: program, outputLimit: outputLimit, isLate: false)
        }
        let isLate = try await stopsLate(program, after: left, isOver: isOver)
        return try await outcome(of: program, outputLimit: outputLimit, isLate: isLate)
    }

    func forget(_ program: ChildProgram) async throws { try ProgramFolder(path: program.folder).remove() }

    /// Waits until it is over, and past `limit` stops it step by step; tells whether it had to.
    private func stopsLate(
        _ program: ChildProgram,
        after limit: Duration,
        isOver: (Duration) async throws -> Bool
    ) async throws -> Bool {
        if try await isOver(limit) { return false }
        let group = ProgramGroup(program: program)
        // Why first an interrupt: Terraform needs one to write its state and let go of its lock.
        for signal in [SIGINT, SIGTERM, SIGKILL] {
            group.send(signal)
            if try await isOver(program.grace) { return true }
        }
        group.endShell()
        return true
    }

    /// What a program that is over left.
    ///
    /// Throws: `ProgramLoss`, `ProcessFailure`, `FileFailure`.
    private func outcome(of program: ChildProgram, outputLimit: Int, isLate: Bool) async throws -> ProcessResult {
        let group = ProgramGroup(program: program)
        let place = ProgramFolder(path: program.folder)
        // Why: its shell can be killed alone, and the program goes on without it.
        while group.isOnThisHost, group.isAtWork {
            if case .ended = place.progress { break }
            try await Task.sleep(for: Self.interval)
        }
        switch place.progress {
        case .ended(let termination):
            let errors = try place.tail(of: place.errors, limit: outputLimit)
            guard !isLate || termination == .exited(0) else {
                throw ProcessFailure.timedOut(
                    program: program.name,
                    after: program.deadline - program.startedAt,
                    errorText: String(decoding: errors, as: UTF8.self)
                )
            }
            let output = try place.tail(of: place.output, limit: outputLimit)
            let took = clock.now() - program.startedAt
            return ProcessResult(termination, output: output, errorOutput: errors, took: took)
        // Why the boot: what a machine wrote just before it went down may be lost.
        case .waiting where group.isOfThisBoot: throw ProgramLoss.neverBegan
        case .waiting, .begun, nil: throw ProgramLoss.gone(program)
        }
    }

    /// Refuses what a shell could not hand on.
    ///
    /// Throws: `ProcessFailure.notStarted`.
    private static func refuse(_ command: ProcessCommand) throws {
        if let directory = command.directory, !FileManager.default.fileExists(atPath: directory) {
            throw ProcessFailure.notStarted(
                program: command.program,
                reason: "there is no directory `\(directory)`"
            )
        }
        // Why: shells drop other variables silently.
        let isName = { (name: String) in
            name.first?.isNumber == false && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        }
        if let name = command.environment.keys.sorted().first(where: { !isName($0) }) {
            throw ProcessFailure.notStarted(
                program: command.program,
                reason: "a shell cannot hand on a variable named `\(name)`"
            )
        }
    }
}
