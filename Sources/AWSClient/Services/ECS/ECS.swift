/// Elastic Container Service: clusters, task definitions, services, tasks.
///
/// A value around the client; its operations are in files of their own.
public struct ECS: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Elastic Container Service: clusters, task definitions, services, tasks.
    public var ecs: ECS { ECS(client: self) }
}
