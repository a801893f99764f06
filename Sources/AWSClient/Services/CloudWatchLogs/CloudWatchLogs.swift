/// CloudWatch Logs.
///
/// A value around the client; its operations are in files of their own.
public struct CloudWatchLogs: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// CloudWatch Logs.
    public var cloudWatchLogs: CloudWatchLogs { CloudWatchLogs(client: self) }
}
