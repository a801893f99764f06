/// CloudWatch metrics and alarms.
///
/// A value around the client; its operations are in files of their own.
public struct CloudWatch: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// CloudWatch metrics and alarms.
    public var cloudWatch: CloudWatch { CloudWatch(client: self) }
}
