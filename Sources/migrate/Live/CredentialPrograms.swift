import AWSClient
import Steps

/// Runs the programs that AWS profiles name as `credential_process`.
struct CredentialPrograms: CredentialProcessRunner {
    let processes: any ProcessRunner
    let environment: [String: String]

    func run(_ command: String) async throws -> [UInt8] {
        let result = try await processes.run(
            ProcessCommand("sh", ["-c", "exec \(command)"], environment: environment, timeout: .seconds(60))
        )
        guard result.isSuccess else { throw CredentialProgramFailed(said: result.errorText) }
        return result.output
    }
}

/// A `credential_process` that did not exit with 0.
struct CredentialProgramFailed: Error, CustomStringConvertible {
    /// What it wrote to its standard error.
    let said: String
    /// One line for people; never its standard output, which may hold keys.
    var description: String {
        "credential_process failed: \(said.split(whereSeparator: \.isNewline).last.map(String.init) ?? "it said nothing")"
    }
}
