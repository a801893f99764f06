/// Credentials in `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
struct EnvironmentCredentials: CredentialProvider {
    static let source = "environment"
    var surroundings: AWSSurroundings

    func credentials() async throws -> AWSCredentials {
        let id = surroundings.variable("AWS_ACCESS_KEY_ID")
        let secret = surroundings.variable("AWS_SECRET_ACCESS_KEY")
        switch (id, secret) {
        case (nil, nil):
            throw CredentialFault.absent(
                EnvironmentCredentials.source,
                "`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` are not set"
            )
        case (nil, _):
            throw CredentialFault(
                source: EnvironmentCredentials.source,
                reason: "`AWS_ACCESS_KEY_ID` is not set",
                hint: "set it beside `AWS_SECRET_ACCESS_KEY`, or unset that"
            )
        case (_, nil):
            throw CredentialFault(
                source: EnvironmentCredentials.source,
                reason: "`AWS_SECRET_ACCESS_KEY` is not set",
                hint: "set it beside `AWS_ACCESS_KEY_ID`, or unset that"
            )
        case (let id?, let secret?):
            var credentials = AWSCredentials(
                accessKeyID: id,
                secretAccessKey: Secret(secret),
                sessionToken: surroundings.variable("AWS_SESSION_TOKEN").map(Secret.init),
                expiration: surroundings.variable("AWS_CREDENTIAL_EXPIRATION")
                    .flatMap(AWSTimestamp.init(iso8601:)),
                source: EnvironmentCredentials.source
            )
            credentials.accountID = surroundings.variable("AWS_ACCOUNT_ID")
            return credentials
        }
    }
}
