/// Application and network load balancers.
///
/// A value around the client; its operations are in files of their own.
public struct ElasticLoadBalancing: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Application and network load balancers.
    public var elasticLoadBalancing: ElasticLoadBalancing { ElasticLoadBalancing(client: self) }
}
