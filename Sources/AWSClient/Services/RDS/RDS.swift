/// Relational Database Service.
///
/// A value around the client; its operations are in files of their own.
public struct RDS: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Relational Database Service.
    public var rds: RDS { RDS(client: self) }
}
