/// Application Auto Scaling.
///
/// A value around the client; its operations are in files of their own.
public struct ApplicationAutoScaling: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Application Auto Scaling.
    public var applicationAutoScaling: ApplicationAutoScaling { ApplicationAutoScaling(client: self) }
}
