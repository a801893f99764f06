import AWSClient
import MigrateCore
import Network

/// The tools through which kinds reach the world.
public struct World: Sendable {
    /// AWS.
    ///
    /// Throws: why it cannot be reached at all, such as for want of a region. Why not sooner: a runbook that needs no
    /// AWS runs where none is set up, and nobody needs it to say yes to an approval.
    public var aws: AWSClient { get throws { try connection.get() } }
    private let connection: Result<AWSClient, any Error>
    /// HTTP.
    public var http: any HTTPClient
    /// DNS.
    public var dns: any DNSClient
    /// TCP connections.
    public var tcp: any TCPConnecting
    /// Programs that look.
    public var processes: any ProcessRunner
    /// Programs that change something.
    public var supervisor: any ProgramSupervisor
    /// Files.
    public var files: any FileStore
    /// jq.
    public var expressions: any ExpressionEvaluator
    /// Variables of our environment: `PATH` for programs, secrets by name.
    public var environment: [String: String]
    /// Absolute path of the runbook's directory; relative paths of its steps start there.
    public var runbookDirectory: String
    /// Absolute path of the directory where journals live.
    public var stateDirectory: String
    /// Absolute path of the directory below which programs that change something write.
    public var programsDirectory: String
    /// Absolute path of the directory that files go to which bring traffic home without this tool.
    public var breakGlassDirectory: String
    /// Clock.
    public var now: @Sendable () -> Timestamp
    /// What lengths of time out there are divided by in a rehearsal; 1 everywhere else.
    public var timeScale = 1
    /// Hash of a value's canonical text, in hexadecimal.
    public var digest: @Sendable (Value) -> String
    /// Randomness, 64 bits at a time.
    public var random: @Sendable () -> UInt64
    /// Names the step at work and its attempt; what it writes on trial is marked with it.
    var mark = ""
    /// Program of the change at hand; nil outside of `perform`.
    var program: ProgramUse?
    /// Where the evidence of the present stage goes.
    var recorder = EvidenceRecorder()

    /// Makes a world.
    public init(
        aws: @autoclosure () throws -> AWSClient,
        http: any HTTPClient,
        dns: any DNSClient,
        tcp: any TCPConnecting,
        processes: any ProcessRunner,
        supervisor: any ProgramSupervisor,
        files: any FileStore,
        expressions: any ExpressionEvaluator,
        environment: [String: String],
        runbookDirectory: String,
        stateDirectory: String,
        now: @escaping @Sendable () -> Timestamp,
        digest: @escaping @Sendable (Value) -> String,
        random: @escaping @Sendable () -> UInt64
    ) {
        connection = Result { try aws() }
        self.http = http
        self.dns = dns
        self.tcp = tcp
        self.processes = processes
        self.supervisor = supervisor
        self.files = RootedFiles(directory: runbookDirectory, files: files)
        self.expressions = expressions
        self.environment = environment
        self.runbookDirectory = runbookDirectory
        self.stateDirectory = stateDirectory
        programsDirectory = "\(stateDirectory)/programs"
        breakGlassDirectory = "\(stateDirectory)/break-glass"
        self.now = now
        self.digest = digest
        self.random = random
    }

    /// The same world with an empty record, for one stage of the step marked `mark`.
    func recordingAnew(for mark: String, program: ProgramUse? = nil) -> World {
        var world = self
        world.mark = mark
        world.program = program
        world.recorder = EvidenceRecorder()
        return world
    }

    /// Records something seen, begun at `start` and over now.
    func record(
        _ subject: String,
        _ summary: String,
        facts: Value = .null,
        requestIDs: [String] = [],
        since start: Timestamp
    ) {
        recorder.add(
            Evidence(
                subject: subject,
                summary: summary,
                facts: facts,
                requestIDs: requestIDs,
                at: start,
                took: now() - start
            )
        )
    }

    /// Token of the attempt at work: what an attempt leaves behind is marked with it, and found again by it.
    var attemptToken: String { mark.split(separator: " ").last.map(String.init) ?? mark }

    /// `path`, absolute.
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(runbookDirectory)/\(path)" }
}

/// Files whose relative paths start at a directory.
struct RootedFiles: FileStore {
    /// The directory, absolute.
    let directory: String
    /// Where the files are.
    let files: any FileStore

    func read(_ path: String) async throws -> [UInt8] { try await files.read(rooted(path)) }

    func exists(_ path: String) async -> Bool { await files.exists(rooted(path)) }

    func isExecutable(_ path: String) async -> Bool { await files.isExecutable(rooted(path)) }

    func write(_ bytes: [UInt8], to path: String) async throws { try await files.write(bytes, to: rooted(path)) }

    private func rooted(_ path: String) -> String { path.hasPrefix("/") ? path : "\(directory)/\(path)" }
}
