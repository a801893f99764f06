/// AWS Backup.
///
/// A value around the client; its operations are in files of their own.
public struct Backup: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// AWS Backup.
    public var backup: Backup { Backup(client: self) }
}
