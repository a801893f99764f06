/// What ECS says of a task that stopped.
struct StoppedTask: Sendable, Hashable {
    /// One container of it.
    struct Container: Sendable, Hashable {
        /// Name in the task definition.
        var name: String
        /// Image as the task definition names it; empty when ECS does not say.
        var image = ""
        /// Exit code; nil when it never ran.
        var exitCode: Int?
        /// ECS's words, such as `OutOfMemoryError: Container killed due to memory usage`.
        var reason = ""
    }

    /// Last component of its ARN.
    var id: String
    /// Revision that it ran, an ARN.
    var taskDefinition = ""
    /// ECS's words, such as `Essential container in task exited`.
    var reason = ""
    /// ECS's class of the stop, such as `TaskFailedToStart`.
    var code = ""
    /// Containers of it.
    var containers: [Container] = []

    /// Whether a container's own health check ended it, and no load balancer's.
    var hasFailedOwnHealthCheck: Bool { reason.contains("failed container health checks") }
}
