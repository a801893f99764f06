import AWSClient
import MigrateCore
import Network

@testable import Steps

extension World {
    /// The moment at which scripted tests take place: 2026-01-13T00:00:00Z.
    static let scriptedNow = Timestamp(milliseconds: 1_768_262_400_000)

    /// A world whose AWS is `aws` and in which nothing else answers but `files`.
    static func scripted(_ aws: ScriptedAWS, files: [String: String] = [:]) -> World {
        let now = AWSTimestamp(seconds: Double(scriptedNow.milliseconds) / 1000)
        let surroundings = AWSSurroundings(
            http: aws,
            environment: [:],
            homeDirectory: "/",
            files: NoAWSFiles(),
            processes: NoProcesses(),
            now: { now },
            sleep: { _ in },
            random: { 0 },
            mfaCode: { _ in "" }
        )
        let configuration = AWSConfiguration(
            region: "eu-west-1",
            endpoints: EndpointSettings(url: "http://127.0.0.1:1")
        )
        let credentials = StaticCredentials(
            AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("secret"), source: "test")
        )
        return World(
            aws: AWSClient(configuration: configuration, credentials: credentials, surroundings: surroundings),
            http: aws,
            dns: NoDNS(),
            tcp: NoTCP(),
            processes: NoProcesses(),
            supervisor: ScriptedPrograms(),
            files: ScriptedFiles(texts: files),
            expressions: PrefixExpressions(),
            environment: [:],
            runbookDirectory: "/runbook",
            stateDirectory: "/state",
            now: { scriptedNow },
            digest: \.text,
            random: { 42 }
        )
    }
}

private struct NoAWSFiles: AWSFiles {
    func read(_ path: String) throws -> [UInt8]? { nil }
    func write(_ bytes: [UInt8], to path: String) throws {}
}

private struct NoProcesses: ProcessRunner, CredentialProcessRunner {
    func run(_ command: ProcessCommand) async throws -> ProcessResult {
        throw ProcessFailure.notFound(program: command.program)
    }
    func run(_ command: String) async throws -> [UInt8] { [] }
}

private struct NoDNS: DNSClient {
    func ask(_ question: DNSQuestion) async throws -> DNSAnswer { throw DNSFailure.timedOut }
}

private struct NoTCP: TCPConnecting {
    func connect(host: String, port: Int, timeout: Duration) async throws -> Duration { throw TCPFailure.refused }
}

private struct ScriptedFiles: FileStore {
    let texts: [String: String]

    func read(_ path: String) async throws -> [UInt8] {
        let name = path.replacing("/runbook/", with: "")
        guard let text = texts[name] else { throw FileFailure(path: path, reason: "No such file or directory") }
        return Array(text.utf8)
    }
    func exists(_ path: String) async -> Bool { texts[path] != nil }
    func isExecutable(_ path: String) async -> Bool { false }
    func write(_ bytes: [UInt8], to path: String) async throws {
        throw FileFailure(path: path, reason: "Read-only file system")
    }
}

/// Judges `.name < number`, which is all that these tests ask.
private struct PrefixExpressions: ExpressionEvaluator {
    func evaluate(_ expression: String, over input: Value) async throws -> Value? {
        let parts = expression.split(separator: " ")
        guard parts.count == 3, parts[1] == "<", let limit = Double(parts[2]) else {
            throw ExpressionFailure.notCompiled(expression)
        }
        return input[String(parts[0].dropFirst())].number.map { .bool($0 < limit) }
    }
}
