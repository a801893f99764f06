import MigrateCore
import Testing

@testable import Steps

/// The troubleshooting list of a deployment: each cause is told apart and comes with what to do.
@Suite struct ServiceDiagnosisTests {
    static func diagnosis(_ task: StoppedTask? = nil, events: [String] = [], check: String? = nil) -> Problem? {
        ServiceDiagnosis(
            service: "mimir",
            stopped: [task].compactMap { $0 },
            events: events,
            healthCheck: check
        ).cause
    }

    static func task(_ reason: String, container: StoppedTask.Container? = nil) -> StoppedTask {
        StoppedTask(id: "t", reason: reason, containers: [container].compactMap { $0 })
    }

    @Test(arguments: [
        ("CannotPullContainerError: pull image manifest: not found", "push the tag"),
        ("CannotPullContainerError: dial tcp 10.0.0.1:443: i/o timeout", "the task's subnets must reach ECR"),
        ("CannotPullContainerError: 403 Forbidden", "the execution role needs `ecr:GetAuthorizationToken`"),
    ])
    func anImageThatCannotBePulledIsHintedAtByItsReason(_ said: String, _ hint: String) throws {
        let container = StoppedTask.Container(name: "mimir", image: "r/mimir:9", reason: said)
        let cause = try #require(Self.diagnosis(Self.task("Task failed to start", container: container)))
        #expect(cause.message.hasPrefix("image `r/mimir:9` cannot be pulled"))
        #expect(cause.hint?.hasPrefix(hint) == true)
    }

    @Test(arguments: ["OutOfMemoryError: Container killed due to memory usage", ""])
    func memoryIsNamed(_ said: String) throws {
        let container = StoppedTask.Container(name: "mimir", exitCode: 137, reason: said)
        let cause = try #require(
            Self.diagnosis(Self.task("Essential container in task exited", container: container))
        )
        #expect(cause.message.contains("ran out of memory"))
    }

    @Test func aFailedHealthCheckSaysPortAndPath() throws {
        let container = StoppedTask.Container(name: "mimir", exitCode: 137)
        let cause = try #require(
            Self.diagnosis(
                Self.task("Task failed ELB health checks in (target-group arn)", container: container),
                check: "port 8080, path /ready"
            )
        )
        #expect(cause.message.contains("(port 8080, path /ready)"))
    }

    @Test(arguments: [
        ("Request timed out", "nothing came through"),
        ("Health checks failed with these codes: [404]", "the container answers with another status"),
    ])
    func whatTheLoadBalancerSawTellsTheWayFromTheAnswer(_ seen: String, _ hint: String) throws {
        let event = "(service mimir) (port 8080) is unhealthy in (target-group arn) due to (reason \(seen))."
        let task = Self.task("Task failed ELB health checks in (target-group arn)")
        let cause = try #require(Self.diagnosis(task, events: ["(service mimir) has started 1 tasks.", event]))
        #expect(cause.message.contains("health check: \(seen)"))
        #expect(cause.hint?.hasPrefix(hint) == true)
    }

    @Test func missingLogsAndSecretsAreToldApart() throws {
        let logs = try #require(
            Self.diagnosis(Self.task("ResourceInitializationError: failed to validate logger args: no log group"))
        )
        #expect(logs.hint?.contains("log group must exist") == true)
        let secrets = try #require(
            Self.diagnosis(Self.task("ResourceInitializationError: unable to pull secrets: AccessDenied"))
        )
        #expect(secrets.hint?.contains("secretsmanager:GetSecretValue") == true)
    }

    @Test(arguments: [
        ("(service mimir) was unable to place a task. Reason: Capacity is unavailable at this time.", "Fargate has no"),
        (
            "(service mimir) was unable to place a task. Reason: You've reached the limit on vCPUs.",
            "raise the account's"
        ),
        (
            "(service mimir) was unable to place a task because no container instance met all of its requirements.",
            "the cluster's EC2"
        ),
    ])
    func noRoomIsReadFromTheEvents(_ event: String, _ hint: String) throws {
        let cause = try #require(Self.diagnosis(events: [event]))
        #expect(cause.hint?.hasPrefix(hint) == true)
    }

    /// Messages as the page of ECS' service events lists them, their placeholders filled in.
    @Test(arguments: [
        ("Reason: No Container Instances were found in your cluster.", "the cluster has no EC2 instance"),
        (
            "The closest matching container-instance 0b1c has insufficient CPU units available.",
            "no EC2 instance of the cluster has that much CPU units free"
        ),
        (
            "The closest matching container-instance 0b1c has insufficient memory available.",
            "no EC2 instance of the cluster has that much memory free"
        ),
        (
            "The closest matching container-instance 0b1c is already using a port required by your task.",
            "a host port is taken"
        ),
        (
            "The closest matching container-instance 0b1c is missing an attribute required by your task.",
            "the instances lack what the task definition asks for"
        ),
        ("The closest matching container-instance 0b1c encountered error \"AGENT\".", "the ECS agent"),
        ("", "the cluster's EC2 instances have no room"),
    ])
    func anEC2ClusterThatHasNoPlaceSaysWhatIsLacking(_ reason: String, _ hint: String) throws {
        let event =
            "(service mimir) was unable to place a task because no container instance met all of its requirements. "
        let steady = "(service mimir) has reached a steady state."
        let cause = try #require(Self.diagnosis(events: [event + reason, steady]))
        #expect(cause.message.hasPrefix("no task of `mimir` can be placed: (service mimir) was unable"))
        #expect(cause.hint?.hasPrefix(hint) == true)
    }

    @Test(arguments: [
        (
            "(service mimir) was unable to stop or start tasks during a deployment because of the service deployment "
                + "configuration. Update the minimumHealthyPercent or maximumPercent value and try again.",
            "the deployment may neither stop"
        ),
        (
            "(service mimir) is unable to place a task in Availability Zone eu-central-1a because no container instance "
                + "met all of its requirements.",
            "there is no room in that zone"
        ),
        ("(service mimir) was unable to place a task. Reason: Internal error.", "an error inside ECS"),
    ])
    func otherReasonsForNoTaskHaveTheirHints(_ event: String, _ hint: String) throws {
        #expect(try #require(Self.diagnosis(events: [event])).hint?.hasPrefix(hint) == true)
    }

    @Test func aTaskStoppedOnPurposeIsNoCause() {
        let container = StoppedTask.Container(name: "mimir", exitCode: 137)
        let stopped = Self.task("Scaling activity initiated by (deployment ecs-svc/1)", container: container)
        #expect(Self.diagnosis(stopped) == nil)
        #expect(Self.diagnosis(events: ["(service mimir) has reached a steady state."]) == nil)
    }
}
