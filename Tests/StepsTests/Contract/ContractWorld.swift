import AWSClient
import MigrateCore
import Network
import Steps

/// Worlds that answer every kind in one way.
enum ContractWorld {
    /// A world in which every answer is made by `answer`, and every program, name server and port does what `other`
    /// does.
    static func world(
        _ environment: [String: String],
        http: any HTTPClient,
        other: any ContractPorts
    ) -> World {
        let surroundings = AWSSurroundings(
            http: http,
            environment: [:],
            homeDirectory: "/",
            files: NoFiles(),
            processes: NoFiles(),
            now: { AWSTimestamp(seconds: 1_768_262_400) },
            sleep: { _ in try Task.checkCancellation() },
            random: { 0 },
            mfaCode: { _ in "" }
        )
        let key = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("secret"), source: "test")
        return World(
            aws: AWSClient(
                configuration: AWSConfiguration(region: "eu-west-1"),
                credentials: StaticCredentials(key),
                surroundings: surroundings
            ),
            http: http,
            dns: other,
            tcp: other,
            processes: other,
            supervisor: other,
            files: ContractFiles(),
            expressions: JqEvaluator(),
            environment: environment,
            runbookDirectory: "/runbook",
            stateDirectory: "/state",
            now: { Timestamp(milliseconds: 1_768_262_400_000) },
            digest: \.text,
            random: { 42 }
        )
    }

    /// How a service refuses, in the form of the service that is asked.
    static func refusal(_ code: String, _ message: String, status: Int, to request: HTTPRequest) -> HTTPResponse {
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        let isJSON =
            request.headers.contains { $0.name == "X-Amz-Target" } || request.url.contains("backup.")
            || request.url.contains("elasticfilesystem.")
        let isXML = body.hasPrefix("Action=") || request.url.contains("route53.") || request.url.contains("s3.")
        let text: String
        if isJSON {
            let answer: Value = ["__type": .string(code), "message": .string(message)]
            text = answer.text
        } else if isXML {
            text = "<ErrorResponse><Error><Code>\(code)</Code><Message>\(message)</Message></Error></ErrorResponse>"
        } else {
            text = "\(code): \(message)"
        }
        return HTTPResponse(status: status, body: Array(text.utf8))
    }
}

extension ContractWorld {
    /// How a service says that what it is asked about is not there, by what marks its requests.
    private static let absences = [
        ("ContainerRegistry", "RepositoryNotFoundException"), ("ContainerService", "ClusterNotFoundException"),
        ("AmazonSSM.GetParameter", "ParameterNotFound"), ("AmazonSSM", "InvalidCommandId"),
        ("CodeDeploy", "DeploymentDoesNotExistException"), ("CodePipeline", "PipelineNotFoundException"),
        ("AutoNaming", "ServiceNotFound"), ("iam.", "NoSuchEntity"), ("elasticloadbalancing.", "LoadBalancerNotFound"),
        ("rds.", "DBInstanceNotFound"), ("ec2.", "InvalidInstanceID.NotFound"), ("route53.", "NoSuchHostedZone"),
        ("s3.", "NoSuchBucket"), ("elasticfilesystem.", "FileSystemNotFound"),
    ]

    /// The answer of a service in which nothing is any more.
    static func absence(to request: HTTPRequest) -> HTTPResponse {
        let target = request.headers.first { $0.name == "X-Amz-Target" }?.value ?? request.url
        let code = absences.first { target.contains($0.0) }?.1 ?? "ResourceNotFoundException"
        return refusal(code, "it does not exist", status: target == request.url ? 404 : 400, to: request)
    }
}

/// Everything that is not HTTP.
protocol ContractPorts: DNSClient, TCPConnecting, ProcessRunner, ProgramSupervisor {}

/// Nothing is there: programs are missing, ports closed, name servers silent.
struct NothingThere: ContractPorts {
    func ask(_ question: DNSQuestion) async throws -> DNSAnswer { throw DNSFailure.timedOut }
    func connect(host: String, port: Int, timeout: Duration) async throws -> Duration { throw TCPFailure.refused }
    func run(_ command: ProcessCommand) async throws -> ProcessResult {
        throw ProcessFailure.notFound(program: command.program)
    }
    func run(
        _ command: ProcessCommand,
        in folder: String,
        record: (ChildProgram) async throws -> Void
    ) async throws -> ProcessResult {
        throw ProcessFailure.notFound(program: command.program)
    }
    func result(
        of program: ChildProgram,
        outputLimit: Int,
        tell: @Sendable (String) -> Void
    ) async throws -> ProcessResult {
        throw ProcessFailure.notFound(program: "")
    }
    func forget(_ program: ChildProgram) async throws {}
}

/// Nothing ever ends, unless it is cancelled.
struct Hanging: ContractPorts, HTTPClient {
    /// Told when something was asked.
    let asked: AsyncStream<Void>.Continuation

    private func hang() async throws -> Never {
        asked.yield()
        while true { try await Task.sleep(for: .seconds(3600)) }
    }
    func send(_ request: HTTPRequest) async throws -> HTTPResponse { try await hang() }
    func ask(_ question: DNSQuestion) async throws -> DNSAnswer { try await hang() }
    func connect(host: String, port: Int, timeout: Duration) async throws -> Duration { try await hang() }
    func run(_ command: ProcessCommand) async throws -> ProcessResult { try await hang() }
    func run(
        _ command: ProcessCommand,
        in folder: String,
        record: (ChildProgram) async throws -> Void
    ) async throws -> ProcessResult { try await hang() }
    func result(
        of program: ChildProgram,
        outputLimit: Int,
        tell: @Sendable (String) -> Void
    ) async throws -> ProcessResult { try await hang() }
    func forget(_ program: ChildProgram) async throws {}
}

/// A task definition, and nothing else.
private struct ContractFiles: FileStore {
    func read(_ path: String) async throws -> [UInt8] {
        guard path.hasSuffix(".json") else { throw FileFailure(path: path, reason: "No such file or directory") }
        return Array(#"{"containerDefinitions":[{"name":"app","image":"a@sha256:0"}]}"#.utf8)
    }
    func exists(_ path: String) async -> Bool { path.hasSuffix(".json") }
    func isExecutable(_ path: String) async -> Bool { false }
    func write(_ bytes: [UInt8], to path: String) async throws {}
}

private struct NoFiles: AWSFiles, CredentialProcessRunner {
    func read(_ path: String) throws -> [UInt8]? { nil }
    func write(_ bytes: [UInt8], to path: String) throws {}
    func run(_ command: String) async throws -> [UInt8] { [] }
}
