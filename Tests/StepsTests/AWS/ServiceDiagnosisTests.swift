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
            "the cluster's"
        ),
    ])
    func noRoomIsReadFromTheEvents(_ event: String, _ hint: String) throws {
        let cause = try #require(Self.diagnosis(events: [event]))
        #expect(cause.hint?.hasPrefix(hint) == true)
    }

    @Test func aTaskStoppedOnPurposeIsNoCause() {
        let container = StoppedTask.Container(name: "mimir", exitCode: 137)
        let stopped = Self.task("Scaling activity initiated by (deployment ecs-svc/1)", container: container)
        #expect(Self.diagnosis(stopped) == nil)
        #expect(Self.diagnosis(events: ["(service mimir) has reached a steady state."]) == nil)
    }
}
