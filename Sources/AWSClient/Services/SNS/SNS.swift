/// Simple Notification Service.
///
/// A value around the client; its operations are in files of their own.
public struct SNS: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Simple Notification Service.
    public var sns: SNS { SNS(client: self) }
}
