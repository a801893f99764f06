/// Elastic Compute Cloud: networks, instances, images, snapshots.
///
/// A value around the client; its operations are in files of their own.
public struct EC2: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Elastic Compute Cloud: networks, instances, images, snapshots.
    public var ec2: EC2 { EC2(client: self) }
}
