/// Cloud Map: namespaces, services, instances.
///
/// A value around the client; its operations are in files of their own.
public struct ServiceDiscovery: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Cloud Map: namespaces, services, instances.
    public var serviceDiscovery: ServiceDiscovery { ServiceDiscovery(client: self) }
}
