/// Runs a program to its end and returns what it wrote; lives at the rim.
public protocol ProcessRunner: Sendable {
    /// Runs `command`.
    ///
    /// - Throws: `ProcessFailure`; `CancellationError` when the task was cancelled, the program then being ended.
    func run(_ command: ProcessCommand) async throws -> ProcessResult
}

/// A program to run, without a shell in between.
public struct ProcessCommand: Sendable, Equatable {
    /// Path, or a name that is searched in `PATH` of `environment`.
    public var program: String
    /// Arguments as they are; seen by every user of the machine, so never a secret.
    public var arguments: [String]
    /// The whole environment of the program; nothing is inherited.
    public var environment: [String: String]
    /// Directory to run in; nil keeps ours.
    public var directory: String?
    /// What it reads; nil gives it an empty input.
    public var input: [UInt8]?
    /// Time allowed; it is then asked to stop, its last words are read, and it is ended.
    public var timeout: Duration
    /// Time between asking it to stop and ending it.
    public var grace: Duration
    /// Bytes of each output that are kept; of more, the end is kept.
    public var outputLimit: Int
    /// Variable that names a file for its own log, for a program that changes something; nil for none.
    public var logVariable: String?

    /// Name of that file in the program's folder.
    public static let logName = "log"

    /// Makes a command: 10 minutes, 5 seconds to stop in, 1 MiB of each output.
    public init(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String],
        directory: String? = nil,
        input: [UInt8]? = nil,
        timeout: Duration = .seconds(600)
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.input = input
        self.timeout = timeout
        grace = .seconds(5)
        outputLimit = 1 << 20
    }
}

/// What a program left.
public struct ProcessResult: Sendable, Equatable {
    /// How it ended.
    public enum Termination: Sendable, Equatable {
        /// By itself, with this status.
        case exited(Int32)
        /// By this signal.
        case signaled(Int32)
    }
    /// How it ended.
    public var termination: Termination
    /// What it wrote to its standard output.
    public var output: [UInt8]
    /// What it wrote to its standard error.
    public var errorOutput: [UInt8]
    /// How long it ran.
    public var took: Duration

    /// Makes a result.
    public init(
        _ termination: Termination,
        output: [UInt8] = [],
        errorOutput: [UInt8] = [],
        took: Duration = .zero
    ) {
        self.termination = termination
        self.output = output
        self.errorOutput = errorOutput
        self.took = took
    }

    /// Whether it ended by itself with status 0.
    public var isSuccess: Bool { termination == .exited(0) }

    /// Standard output as text; bytes that are not UTF-8 become U+FFFD.
    public var text: String { String(decoding: output, as: UTF8.self) }

    /// Standard error as text; bytes that are not UTF-8 become U+FFFD.
    public var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
}

/// Why a program left no result.
public enum ProcessFailure: Error, Sendable, Equatable {
    /// There is no such program; nothing was run.
    case notFound(program: String)
    /// It could not be started; nothing was run. The system's words.
    case notStarted(program: String, reason: String)
    /// It did not end in time and was ended; what it did until then is unknown.
    case timedOut(program: String, after: Duration, errorText: String)
}
