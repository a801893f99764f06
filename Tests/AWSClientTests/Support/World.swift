import AWSClient
import Network
import Synchronization

/// A world that tests hold: clock, files, processes and requests.
final class World: AWSFiles, CredentialProcessRunner {
    struct NoProcess: Error {}

    static let start = AWSTimestamp(seconds: 1_795_230_245)  // 2026-11-21T03:04:05Z

    let http: ScriptedHTTPClient
    let environment: [String: String]
    private let clock = Mutex(World.start)
    private let slept = Mutex<[Duration]>([])
    private let fileContents: Mutex<[String: String]>
    private let processOutputs: [String: String]

    init(
        _ answers: [Result<HTTPResponse, HTTPFailure>] = [],
        environment: [String: String] = [:],
        files: [String: String] = [:],
        processes: [String: String] = [:]
    ) {
        http = ScriptedHTTPClient(answers)
        self.environment = environment
        fileContents = Mutex(files)
        processOutputs = processes
    }

    /// Present moment; may be set.
    var now: AWSTimestamp {
        get { clock.withLock { $0 } }
        set { clock.withLock { $0 = newValue } }
    }

    /// Delays asked for, in order.
    var delays: [Duration] { slept.withLock { $0 } }

    /// Files by path.
    var files: [String: String] {
        get { fileContents.withLock { $0 } }
        set { fileContents.withLock { $0 = newValue } }
    }

    func read(_ path: String) throws -> [UInt8]? { files[path].map { Array($0.utf8) } }

    func write(_ bytes: [UInt8], to path: String) throws { files[path] = String(decoding: bytes, as: UTF8.self) }

    func run(_ command: String) async throws -> [UInt8] {
        guard let output = processOutputs[command] else { throw NoProcess() }
        return Array(output.utf8)
    }

    var surroundings: AWSSurroundings {
        AWSSurroundings(
            http: http,
            environment: environment,
            homeDirectory: "/home/ops",
            files: self,
            processes: self,
            now: { self.now },
            sleep: { delay in self.slept.withLock { $0.append(delay) } },
            random: { 0.5 },
            mfaCode: { _ in "123456" }
        )
    }

    /// A client with fixed keys in `ap-northeast-2`.
    func client(region: String = "ap-northeast-2", endpoints: EndpointSettings = EndpointSettings()) -> AWSClient {
        AWSClient(
            configuration: AWSConfiguration(region: region, endpoints: endpoints),
            credentials: StaticCredentials(World.keys),
            surroundings: surroundings
        )
    }

    static let keys = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        source: "test"
    )
}

/// The `AWSError` that `body` throws; fails when it throws none.
func awsError<Value>(_ body: () async throws -> Value) async throws -> AWSError {
    do {
        _ = try await body()
    } catch let error as AWSError {
        return error
    }
    throw NoErrorThrown()
}

/// The `CredentialFault` that `body` throws; fails when it throws none.
func credentialFault<Value>(_ body: () async throws -> Value) async throws -> CredentialFault {
    do {
        _ = try await body()
    } catch let fault as CredentialFault {
        return fault
    }
    throw NoErrorThrown()
}

struct NoErrorThrown: Error {}
