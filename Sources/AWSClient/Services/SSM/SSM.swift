/// Systems Manager: parameters.
///
/// A value around the client; its operations are in files of their own.
public struct SSM: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Systems Manager: parameters.
    public var ssm: SSM { SSM(client: self) }
}
