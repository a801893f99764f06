import AWSClient
import MigrateCore
import Network
import Steps

extension World {
    /// A world in which only what is given answers; it is 2026-01-13T00:00:00Z.
    static func staged(
        http: ScriptedHTTP = ScriptedHTTP(),
        dns: ScriptedDNS = ScriptedDNS(),
        tcp: any TCPConnecting = ClosedPorts(),
        programs: ScriptedPrograms = ScriptedPrograms(),
        files: KeptFiles = KeptFiles(),
        environment: [String: String] = [:]
    ) -> World {
        let now = Timestamp(milliseconds: 1_768_262_400_000)
        let awsNow = AWSTimestamp(seconds: 1_768_262_400)
        let surroundings = AWSSurroundings(
            http: http,
            environment: [:],
            homeDirectory: "/",
            files: NoSharedFiles(),
            processes: NoSharedFiles(),
            now: { awsNow },
            sleep: { _ in },
            random: { 0 },
            mfaCode: { _ in "" }
        )
        let credentials = StaticCredentials(
            AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("secret"), source: "test")
        )
        return World(
            aws: AWSClient(
                configuration: AWSConfiguration(region: "ap-northeast-2"),
                credentials: credentials,
                surroundings: surroundings
            ),
            http: http,
            dns: dns,
            tcp: tcp,
            processes: programs,
            supervisor: programs,
            files: files,
            expressions: JqEvaluator(),
            environment: environment,
            runbookDirectory: "/runbook",
            stateDirectory: "/state",
            now: { now },
            digest: \.text,
            random: { 42 }
        )
    }
}

/// Every port is closed.
struct ClosedPorts: TCPConnecting {
    func connect(host: String, port: Int, timeout: Duration) async throws -> Duration { throw TCPFailure.refused }
}

private struct NoSharedFiles: AWSFiles, CredentialProcessRunner {
    func read(_ path: String) throws -> [UInt8]? { nil }
    func write(_ bytes: [UInt8], to path: String) throws {}
    func run(_ command: String) async throws -> [UInt8] { [] }
}
