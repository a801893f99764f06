import MigrateCore
import Steps
import Subprocess
import SystemPackage

/// Runs programs, each in a process group of its own, with an environment of its own.
struct SubprocessRunner: ProcessRunner {
    private struct Ending: Sendable {
        var output: [UInt8] = []
        var errorOutput: [UInt8] = []
        var isLate = false
    }

    func run(_ command: ProcessCommand) async throws -> ProcessResult {
        var options = PlatformOptions()
        // Why a group: Ctrl-C at our terminal does not reach it, and its children end with it.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: command.grace)]
        let began = ContinuousClock.now
        let program = try await Self.path(of: command)
        let environment = command.environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        do {
            let outcome = try await Subprocess.run(
                .path(FilePath(program)),
                arguments: Arguments(command.arguments),
                environment: .custom(Dictionary(environment, uniquingKeysWith: { $1 })),
                workingDirectory: command.directory.map { FilePath($0) },
                platformOptions: options,
                input: .array(command.input ?? []),
                output: .sequence,
                error: .sequence
            ) { execution in
                let output = execution.standardOutput
                let errors = execution.standardError
                return try await Self.limited(
                    to: command.timeout,
                    reading: { try await Self.read(output, errors, limit: command.outputLimit) },
                    stop: {
                        // Why before ending it: terraform needs an interrupt to write its state and let go of its lock.
                        try execution.send(signal: .interrupt, toProcessGroup: true)
                        try await Task.sleep(for: command.grace)
                        await execution.teardown(
                            using: [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: command.grace)])
                    }
                )
            }
            let ending = outcome.closureResult
            guard !ending.isLate else {
                throw ProcessFailure.timedOut(
                    program: command.program,
                    after: command.timeout,
                    errorText: String(decoding: ending.errorOutput, as: UTF8.self)
                )
            }
            return ProcessResult(
                Self.termination(outcome.terminationStatus),
                output: ending.output,
                errorOutput: ending.errorOutput,
                took: ContinuousClock.now - began
            )
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw ProcessFailure.notStarted(program: command.program, reason: "\(error)")
        }
    }

    /// Path of the program of `command`.
    ///
    /// Throws: `ProcessFailure.notFound`.
    static func path(of command: ProcessCommand) async throws -> String {
        // Why not looked for: what is wrong with a path that was given, the system says best.
        if command.program.contains("/") { return command.program }
        guard let found = await LocalFiles().program(command.program, in: command.environment["PATH"] ?? "") else {
            throw ProcessFailure.notFound(program: command.program)
        }
        return found
    }

    private static func read(
        _ output: SubprocessOutputSequence,
        _ errors: SubprocessOutputSequence,
        limit: Int
    ) async throws -> Ending {
        async let text = tail(of: output, limit: limit)
        async let errorText = tail(of: errors, limit: limit)
        return try await Ending(output: text, errorOutput: errorText)
    }

    /// Last `limit` bytes of a stream.
    private static func tail(of stream: SubprocessOutputSequence, limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await buffer in stream {
            buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
            if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
        }
        return Array(bytes.suffix(limit))
    }

    /// Reads to the end; past `limit` the program is stopped, and its last words are still read.
    private static func limited(
        to limit: Duration,
        reading: @escaping @Sendable () async throws -> Ending,
        stop: @escaping @Sendable () async throws -> Void
    ) async throws -> Ending {
        try await withThrowingTaskGroup(of: Ending?.self) { group in
            group.addTask { try await reading() }
            group.addTask {
                try await Task.sleep(for: limit)
                try await stop()
                return nil
            }
            var isLate = false
            while let next = try await group.next() {
                guard var ending = next else {
                    isLate = true
                    continue
                }
                group.cancelAll()
                ending.isLate = isLate
                return ending
            }
            return Ending(isLate: true)
        }
    }

    private static func termination(_ status: TerminationStatus) -> ProcessResult.Termination {
        switch status {
        case .exited(let code): .exited(code)
        case .signaled(let signal): .signaled(signal)
        }
    }
}
