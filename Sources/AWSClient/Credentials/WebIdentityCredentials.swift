/// Credentials of a role, taken with a token file: OIDC in CI, service accounts.
///
/// Page: https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html; names and order
/// as in botocore 1.43.11.
struct WebIdentityCredentials: CredentialProvider {
    static let source = "web identity"
    /// Path of the token file; nil when none is named.
    var tokenFile: String?
    /// Role; nil when none is named.
    var roleArn: String?
    /// Name of the session; nil makes one of the present moment.
    var sessionName: String?
    var configuration: AWSConfiguration
    var source = WebIdentityCredentials.source
    var surroundings: AWSSurroundings

    /// The source that the environment names.
    static func fromEnvironment(
        configuration: AWSConfiguration,
        surroundings: AWSSurroundings
    ) -> WebIdentityCredentials {
        WebIdentityCredentials(
            tokenFile: surroundings.variable("AWS_WEB_IDENTITY_TOKEN_FILE"),
            roleArn: surroundings.variable("AWS_ROLE_ARN"),
            sessionName: surroundings.variable("AWS_ROLE_SESSION_NAME"),
            configuration: configuration,
            surroundings: surroundings
        )
    }

    func credentials() async throws -> AWSCredentials {
        // A role alone is common in CI, where the workflow's next step takes it.
        guard let tokenFile else {
            throw CredentialFault.absent(source, "`AWS_WEB_IDENTITY_TOKEN_FILE` is not set")
        }
        guard let roleArn else {
            throw CredentialFault(
                source: source,
                reason: "`AWS_ROLE_ARN` is not set",
                hint: "set it beside the token file"
            )
        }
        let token = try token(in: tokenFile)
        let client = AWSClient(configuration: configuration, credentials: NoCredentials(), surroundings: surroundings)
        let input = STS.AssumeRoleWithWebIdentityInput(
            roleArn: roleArn,
            roleSessionName: sessionName ?? "migrate-\(Int64(surroundings.now().seconds))",
            webIdentityToken: token
        )
        do {
            let output = try await client.sts.assumeRoleWithWebIdentity(input).value
            return output.credentials.awsCredentials(source: source, arn: output.assumedRoleUser?.arn)
        } catch let error as AWSError {
            throw CredentialFault(
                source: source,
                reason: "the role `\(roleArn)` was not given: \(error)",
                hint: error.hint
            )
        }
    }

    private func token(in path: String) throws -> Secret {
        let bytes: [UInt8]?
        do {
            bytes = try surroundings.files.read(path)
        } catch {
            throw CredentialFault(source: source, reason: "`\(path)` cannot be read: \(error)")
        }
        guard let bytes else { throw CredentialFault(source: source, reason: "there is no file `\(path)`") }
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard !text.isEmpty else { throw CredentialFault(source: source, reason: "`\(path)` is empty") }
        return Secret(text)
    }
}

/// For clients whose calls are not signed.
struct NoCredentials: CredentialProvider {
    func credentials() async throws -> AWSCredentials {
        throw CredentialFault(source: "none", reason: "this client only sends calls that are not signed")
    }
}
