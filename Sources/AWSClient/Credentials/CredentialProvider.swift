/// One source of credentials.
public protocol CredentialProvider: Sendable {
    /// Asks the source anew; nothing is kept.
    ///
    /// - Throws: `CredentialFault` when it has none, `CancellationError` when the task was cancelled.
    func credentials() async throws -> AWSCredentials
}

/// Credentials given by the program itself.
public struct StaticCredentials: CredentialProvider {
    private let value: AWSCredentials

    /// Always gives `value`.
    public init(_ value: AWSCredentials) {
        self.value = value
    }

    /// The credentials given.
    public func credentials() async throws -> AWSCredentials { value }
}
