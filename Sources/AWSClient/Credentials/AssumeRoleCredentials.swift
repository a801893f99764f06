/// Credentials of a role, taken with those of another source.
struct AssumeRoleCredentials: CredentialProvider {
    var roleArn: String
    /// Name of the session; nil makes one of the present moment.
    var sessionName: String?
    var externalId: String?
    /// Serial number or ARN of the MFA device that the role asks for.
    var mfaSerial: String?
    var durationSeconds: Int?
    /// Whose credentials take the role.
    var base: any CredentialProvider
    var configuration: AWSConfiguration
    var source: String
    var surroundings: AWSSurroundings

    func credentials() async throws -> AWSCredentials {
        let client = AWSClient(configuration: configuration, credentials: base, surroundings: surroundings)
        var input = STS.AssumeRoleInput(
            roleArn: roleArn,
            roleSessionName: sessionName ?? "migrate-\(Int64(surroundings.now().seconds))"
        )
        input.durationSeconds = durationSeconds
        input.externalId = externalId
        if let mfaSerial {
            input.serialNumber = mfaSerial
            input.tokenCode = try await code(mfaSerial)
        }
        do {
            return try await client.sts.assumeRole(input).value.awsCredentials(source: source)
        } catch let error as AWSError {
            throw CredentialFault(
                source: source,
                reason: "the role `\(roleArn)` was not given: \(error)",
                hint: error.hint
            )
        }
    }

    private func code(_ serial: String) async throws -> String {
        do {
            return try await surroundings.mfaCode(serial)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw CredentialFault(
                source: source,
                reason: "no code of the MFA device `\(serial)`: \(ErrorReader.oneLine("\(error)"))"
            )
        }
    }
}

extension STS.AssumeRoleOutput {
    /// The credentials, for signing.
    func awsCredentials(source: String) -> AWSCredentials {
        credentials.awsCredentials(source: source, arn: assumedRoleUser?.arn)
    }
}

extension STS.Credentials {
    /// The same, for signing; the account is the fifth part of the session's ARN.
    func awsCredentials(source: String, arn: String?) -> AWSCredentials {
        var made = AWSCredentials(
            accessKeyID: accessKeyId,
            secretAccessKey: secretAccessKey,
            sessionToken: sessionToken,
            expiration: expiration,
            source: source
        )
        let parts = arn?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        if parts.count > 5 { made.accountID = String(parts[4]) }
        return made
    }
}
