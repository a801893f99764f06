/// Elastic Container Registry: repositories and images.
///
/// A value around the client; its operations are in files of their own.
public struct ECR: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Elastic Container Registry: repositories and images.
    public var ecr: ECR { ECR(client: self) }
}
