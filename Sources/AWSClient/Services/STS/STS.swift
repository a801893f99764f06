/// Security Token Service: who we are, and roles.
///
/// A value around the client; its operations are in files of their own.
public struct STS: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Security Token Service: who we are, and roles.
    public var sts: STS { STS(client: self) }
}
