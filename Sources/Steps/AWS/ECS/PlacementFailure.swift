/// Why ECS placed no task, read from a message of the service.
///
/// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html, and of capacity
/// on Fargate https://repost.aws/knowledge-center/ecs-fargate-capacity-unavailable, read 2026-11-22.
struct PlacementFailure: Sendable, Equatable {
    /// What to do about it.
    let hint: String

    /// Reads `message`; nil when it tells of anything else.
    init?(_ message: String) {
        let said = message.lowercased()
        let isOurs =
            said.contains("unable to place a task") || said.contains("unable to start")
            || said.contains("unable to stop or start tasks")
        guard isOurs else { return nil }
        let known =
            said.contains("container instance") || said.contains("container-instance")
            ? Self.instanceHints : Self.otherHints
        hint = known.first { said.contains($0.words) }?.hint ?? "look at the service's events"
    }

    private typealias Known = (words: String, hint: String)

    /// Of tasks on EC2, the telling before the general: each of these messages says that no instance would do.
    private static let instanceHints: [Known] = [
        (
            "no container instances were found",
            "the cluster has no EC2 instance that is ACTIVE: start some, or give the service a capacity provider or"
                + " `launch_type: FARGATE`"
        ),
        ("insufficient cpu", roomHint("CPU units", "`cpu`")),
        ("insufficient memory", roomHint("memory", "`memory`")),
        (
            "already using a port",
            "a host port is taken on every instance: let ECS choose it (`hostPort: 0`), add instances, or let the old"
                + " task stop first by a lower `minimumHealthyPercent`"
        ),
        (
            "missing an attribute",
            "the instances lack what the task definition asks for, such as a log driver, a GPU or task roles: see"
                + " `requiresAttributes` of the task definition, and update the ECS agent and its settings"
        ),
        (
            "error \"agent\"",
            "the ECS agent of the instance is not connected: look at its log and at the instance's way to ECS"
        ),
        ("availability zone", "there is no room in that zone: start instances in it"),
        (
            "constraint",
            "the service's placement constraints leave no instance over: look at them and at the instances' attributes"
        ),
        (
            "no container instance",
            "the cluster's EC2 instances have no room, in CPU, memory, ports or network interfaces: add instances, or"
                + " let the capacity provider do it"
        ),
    ]

    private static let otherHints: [Known] = [
        ("capacity is unavailable", "Fargate has no capacity in these zones now: add subnets of other zones, or wait"),
        (
            "deployment configuration",
            "the deployment may neither stop an old task nor start a new one: raise `maximumPercent`, or lower"
                + " `minimumHealthyPercent`"
        ),
        ("limit", quotaHint),
        ("quota", quotaHint),
        (
            "resource:",
            "the cluster's EC2 instances have no room, in CPU, memory, ports or network interfaces: add instances, or"
                + " let the capacity provider do it"
        ),
        ("internal error", "an error inside ECS: it tries again by itself; if it stays, ask AWS"),
        ("assume", "the task or execution role must trust `ecs-tasks.amazonaws.com`"),
    ]

    private static let quotaHint = "raise the account's Fargate vCPU quota (Service Quotas, `L-3032A538`)"

    private static func roomHint(_ what: String, _ member: String) -> String {
        "no EC2 instance of the cluster has that much \(what) free: add instances or larger ones, or lower \(member) in"
            + " the task definition; for a rolling update there must be room for one task more"
    }
}
