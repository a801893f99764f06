import AWSClient
import MigrateCore
import Network
import Steps

/// Ports that no probe of the bench uses; each refuses.
struct NothingElse: DNSClient, TCPConnecting, ProcessRunner, ProgramSupervisor, FileStore {
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

    func read(_ path: String) async throws -> [UInt8] { throw FileFailure(path: path, reason: "no files here") }

    func exists(_ path: String) async -> Bool { false }

    func isExecutable(_ path: String) async -> Bool { false }

    func write(_ bytes: [UInt8], to path: String) async throws {
        throw FileFailure(path: path, reason: "no files here")
    }
}
