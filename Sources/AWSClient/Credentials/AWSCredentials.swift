/// Keys that sign requests.
public struct AWSCredentials: Sendable, Hashable {
    /// Access key id; not secret.
    public var accessKeyID: String
    /// Secret access key.
    public var secretAccessKey: Secret
    /// Session token of temporary credentials; nil for a user's own keys.
    public var sessionToken: Secret?
    /// When they end; nil when they do not, or when their source did not say.
    public var expiration: AWSTimestamp?
    /// Where they came from, in words for the operator, such as "profile `prod` (~/.aws/credentials)".
    public var source: String
    /// Account they belong to; nil when their source did not say.
    public var accountID: String?

    /// Makes credentials.
    public init(
        accessKeyID: String,
        secretAccessKey: Secret,
        sessionToken: Secret? = nil,
        expiration: AWSTimestamp? = nil,
        source: String
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.source = source
    }
}
