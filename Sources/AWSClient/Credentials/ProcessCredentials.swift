/// Credentials printed by the program that a profile names as `credential_process`.
///
/// Page: https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html; names and order
/// as in botocore 1.43.11.
struct ProcessCredentials: CredentialProvider {
    var command: String
    var source: String
    var surroundings: AWSSurroundings

    func credentials() async throws -> AWSCredentials {
        let output: [UInt8]
        do {
            output = try await surroundings.processes.run(command)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw CredentialFault(
                source: source,
                reason: "`credential_process` failed: \(ErrorReader.oneLine("\(error)"))",
                hint: "run it by hand to see why"
            )
        }
        let version: Int64?
        do {
            version = try JSONDocument(parsing: output)["Version"]?.integer
        } catch {
            throw CredentialFault(source: source, reason: "`credential_process` printed no JSON")
        }
        guard version == 1 else {
            throw CredentialFault(source: source, reason: "`credential_process` printed no `\"Version\": 1`")
        }
        return try CredentialDocument.read(output, tokenName: "SessionToken", source: source)
    }
}
