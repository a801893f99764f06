/// Elastic File System.
///
/// A value around the client; its operations are in files of their own.
public struct EFS: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Elastic File System.
    public var efs: EFS { EFS(client: self) }
}
