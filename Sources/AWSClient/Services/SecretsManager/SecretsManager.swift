/// Secrets Manager.
///
/// A value around the client; its operations are in files of their own.
public struct SecretsManager: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Secrets Manager.
    public var secretsManager: SecretsManager { SecretsManager(client: self) }
}
