import Digest

/// Credentials of a role by IAM Identity Center, with the token that `aws sso login` left in its cache.
///
/// Page: https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html; names and order
/// as in botocore 1.43.11.
struct SSOCredentials: CredentialProvider {
    /// Time before its end from which a token is renewed.
    static let renewal = Duration.seconds(5 * 60)

    /// Name of the `sso-session` section; nil for the older form, whose tokens cannot be renewed.
    var sessionName: String?
    var startURL: String
    var region: String
    var accountID: String
    var roleName: String
    /// Profile, for messages.
    var profile: String
    var endpoints: EndpointSettings
    var surroundings: AWSSurroundings

    private var source: String { "profile `\(profile)` (SSO)" }
    private var loginHint: String { "run `aws sso login --profile \(profile)`" }

    func credentials() async throws -> AWSCredentials {
        let token = try await accessToken()
        do {
            let answer = try await client.sso.getRoleCredentials(
                SSO.GetRoleCredentialsInput(roleName: roleName, accountId: accountID, accessToken: token)
            )
            let role = answer.value.roleCredentials
            var credentials = AWSCredentials(
                accessKeyID: role.accessKeyId,
                secretAccessKey: role.secretAccessKey,
                sessionToken: role.sessionToken,
                expiration: AWSTimestamp(seconds: Double(role.expiration) / 1000),
                source: source
            )
            credentials.accountID = accountID
            return credentials
        } catch let error as AWSError {
            let hint = error.status == 401 ? loginHint : error.hint
            throw CredentialFault(
                source: source,
                reason: "role `\(roleName)` in account `\(accountID)` was not given: \(error)",
                hint: hint
            )
        }
    }

    private var client: AWSClient {
        AWSClient(
            configuration: AWSConfiguration(region: region, endpoints: endpoints),
            credentials: NoCredentials(),
            surroundings: surroundings
        )
    }

    /// The cached token, renewed when it is about to end.
    private func accessToken() async throws -> Secret {
        let path = cachePath
        let cached = try read(path)
        guard let token = cached["accessToken"]?.string,
            let end = cached["expiresAt"]?.string.flatMap(AWSTimestamp.init(iso8601:))
        else {
            throw CredentialFault(source: source, reason: "`\(path)` holds no token", hint: loginHint)
        }
        let now = surroundings.now()
        if now.adding(SSOCredentials.renewal) < end { return Secret(token) }
        do {
            if let renewed = try await renew(cached, path: path) { return renewed }
        } catch let fault as CredentialFault {
            // A token that still holds serves until its end.
            guard now < end else { throw fault }
        }
        guard now < end else {
            throw CredentialFault(source: source, reason: "the SSO token ended at \(end)", hint: loginHint)
        }
        return Secret(token)
    }

    private func renew(_ cached: JSONDocument, path: String) async throws -> Secret? {
        guard sessionName != nil, let refreshToken = cached["refreshToken"]?.string,
            let clientID = cached["clientId"]?.string, let clientSecret = cached["clientSecret"]?.string,
            let registered = cached["registrationExpiresAt"]?.string.flatMap(AWSTimestamp.init(iso8601:)),
            surroundings.now() < registered
        else { return nil }
        let output: SSOOIDC.CreateTokenOutput
        do {
            output = try await client.ssoOIDC.createToken(
                SSOOIDC.CreateTokenInput(
                    clientId: clientID,
                    clientSecret: Secret(clientSecret),
                    grantType: "refresh_token",
                    refreshToken: Secret(refreshToken)
                )
            ).value
        } catch let error as AWSError {
            throw CredentialFault(
                source: source,
                reason: "the SSO token could not be renewed: \(error)",
                hint: loginHint
            )
        }
        try keep(output, in: cached, path: path)
        return output.accessToken
    }

    /// Writes the renewed token where every other tool looks for it.
    private func keep(_ output: SSOOIDC.CreateTokenOutput, in cached: JSONDocument, path: String) throws {
        var members = cached.object ?? [:]
        members["accessToken"] = .string(output.accessToken.exposed)
        let end = surroundings.now().adding(.seconds(output.expiresIn))
        members["expiresAt"] = .string(end.description)
        // Refresh tokens are good for one use: losing the new one ends the login.
        if let next = output.refreshToken { members["refreshToken"] = .string(next.exposed) }
        do {
            try surroundings.files.write(JSONDocument.object(members).canonicalBytes, to: path)
        } catch {
            throw CredentialFault(
                source: source,
                reason: "the renewed SSO token cannot be written to `\(path)`: \(error)",
                hint: loginHint
            )
        }
    }

    private var cachePath: String {
        let name = Hex.encode(SHA1.digest(Array((sessionName ?? startURL).utf8)))
        return "\(surroundings.homeDirectory)/.aws/sso/cache/\(name).json"
    }

    private func read(_ path: String) throws -> JSONDocument {
        do {
            guard let bytes = try surroundings.files.read(path) else {
                throw CredentialFault(source: source, reason: "there is no SSO token `\(path)`", hint: loginHint)
            }
            return try JSONDocument(parsing: bytes)
        } catch let fault as CredentialFault {
            throw fault
        } catch {
            throw CredentialFault(
                source: source,
                reason: "the SSO token `\(path)` cannot be read: \(error)",
                hint: loginHint
            )
        }
    }
}
