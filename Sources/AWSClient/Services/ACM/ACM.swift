/// Certificate Manager.
///
/// A value around the client; its operations are in files of their own.
public struct ACM: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Certificate Manager.
    public var acm: ACM { ACM(client: self) }
}
