/// Service Quotas.
///
/// A value around the client; its operations are in files of their own.
public struct ServiceQuotas: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Service Quotas.
    public var serviceQuotas: ServiceQuotas { ServiceQuotas(client: self) }
}
