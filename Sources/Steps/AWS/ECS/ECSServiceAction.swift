import AWSClient
import MigrateCore

/// Makes a service, or leads one that exists to a task definition, a number of tasks and a set-up.
struct ECSServiceAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "ecs.service",
        role: .action,
        summary: "Makes or updates an ECS service in one call and waits until its tasks run and stay",
        parameters: [
            .required("cluster", .string, "Name or ARN of the cluster"),
            .required("name", .string, "Name of the service"),
            .required("task_definition", .string, "ARN of the revision to run"),
            .required("desired_count", .integer, unit: "tasks", "Tasks wanted"),
            .optional(
                "launch_type",
                .choice(["FARGATE", "EC2"]),
                default: "FARGATE",
                "Where tasks run; not for `capacity_providers`"
            ),
            .optional(
                "capacity_providers",
                .list(.mapping),
                example: [["name": "FARGATE", "weight": 1]],
                "In place of a launch type: `{name, weight, base}` each"
            ),
            .optional(
                "subnets",
                .list(.string),
                example: ["subnet-0a"],
                "Subnets of its tasks"
            ),
            .optional(
                "security_groups",
                .list(.string),
                example: ["sg-0a"],
                "Security groups of its tasks"
            ),
            .optional("public_address", .boolean, "Whether tasks get a public address"),
            .optional(
                "load_balancers",
                .list(.mapping),
                example: [["target_group": "lgtm-grafana", "container": "grafana", "port": 3000]],
                "Target groups: `{target_group, container, port}` each"
            ),
            .optional(
                "registries",
                .list(.mapping),
                example: [["arn": "${steps.mimir-name.arn}"]],
                "Cloud Map services: `{arn}` each, with `container`, `container_port` or `port` for SRV"
            ),
            .optional(
                "minimum_healthy_percent",
                .integer,
                unit: "percent",
                "Lowest share of tasks that runs during a roll-out, percent"
            ),
            .optional(
                "maximum_percent",
                .integer,
                unit: "percent",
                "Highest share of tasks that runs during a roll-out, percent"
            ),
            .optional("circuit_breaker", .boolean, "Whether ECS gives a failing roll-out up"),
            .optional("circuit_breaker_rollback", .boolean, "Whether ECS then goes back by itself"),
            .optional(
                "health_check_grace",
                .duration,
                "Time during which failing load balancer checks are passed over"
            ),
            .optional("execute_command", .boolean, "Whether commands may be run in its tasks"),
            .optional(
                "failed_tasks_limit",
                .integer,
                default: 3,
                unit: "tasks",
                example: 6,
                "Failed tasks of the new revision at which waiting ends"
            ),
        ],
        effect: .token,
        rollback: .captured,
        undo: "every attribute of the service that the step owns, as found, or that there was none; "
            + "undoing sets them back or deletes it",
        permissions: [
            Permission(["ecs:DescribeServices"], on: ECSServiceState.resource, mutates: false),
            Permission(
                [
                    "ecs:ListTasks", "ecs:DescribeTasks", "ecs:DescribeTaskDefinition", "logs:GetLogEvents",
                    "elasticloadbalancing:DescribeTargetGroups",
                ],
                on: "*",
                mutates: false
            ),
            Permission(
                ["ecs:CreateService", "ecs:UpdateService", "ecs:DeleteService"],
                on: ECSServiceState.resource,
                mutates: true
            ),
            ECSTaskRoles.permission,
        ],
        facts: ECSServiceState.factNames,
        source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-service
              do: ecs.service
              with:
                cluster: lgtm
                name: mimir
                task_definition: "${steps.mimir-task.arn}"
                desired_count: 3
                minimum_healthy_percent: 66
                maximum_percent: 100
                circuit_breaker: true
            """
    )

    private let cluster: String
    private let name: String
    private let wantedAttributes: ECSServiceAttributes
    private let givesLaunchType: Bool
    private let failedTasksLimit: Int

    init(_ parameters: Parameters) throws {
        cluster = try parameters.string("cluster")
        name = try parameters.string("name")
        wantedAttributes = try ECSServiceAttributes(parameters)
        givesLaunchType = !parameters.has("capacity_providers")
        failedTasksLimit = try parameters.integer("failed_tasks_limit", in: 1...1000)
    }

    func observe(_ world: World) async throws -> Value {
        guard let found = try await ECSServiceState.named(name, in: cluster, world) else { return .null }
        return image(of: found)
    }

    private func image(of found: ECSServiceState) -> Value {
        var members = ECSServiceAttributes(found.service).values
        members["arn"] = .string(found.service.serviceArn)
        if found.service.status != "ACTIVE" { members["status"] = .string(found.service.status) }
        // Why: a roll-out with the wanted attributes that failed, or is not over, must not pass as satisfied.
        switch found.primary?.rolloutState {
        case "FAILED": members["status"] = "ROLLOUT_FAILED"
        case "IN_PROGRESS": members["status"] = "ROLLOUT_IN_PROGRESS"
        case .some, nil: break
        }
        return .object(members)
    }

    func wanted(over before: Value) throws -> Value {
        if before["status"] == "DRAINING" {
            throw Refusal(
                "service `\(name)` is being deleted and still drains",
                hint: "wait until its tasks are gone, then `migrate retry`"
            )
        }
        guard !before.isNull else { return .object(wantedAttributes.values) }
        var attributes = ECSServiceAttributes(image: before).values
        let given = wantedAttributes.values
        if let found = attributes["launch_type"], let wanted = given["launch_type"], found != wanted {
            throw Refusal(
                "service `\(name)` has launch type \(found.interpolated), which cannot be changed",
                hint: "give `launch_type: \(found.interpolated)`, or make a service of another name"
            )
        }
        for (key, value) in given where !ECSServiceAttributes.fixed.contains(key) { attributes[key] = value }
        attributes["arn"] = before["arn"]
        return .object(attributes)
    }

    func isSatisfied(by image: Value) throws -> Bool {
        guard !image.isNull, image["status"].isNull else { return false }
        return matches(image, try wanted(over: image))
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        guard !observed.isNull, !expected.isNull else { return observed == expected }
        let found = ECSServiceAttributes(image: observed).values
        // Why a subset: ECS fills in what a new service was not told; the rest must be equal.
        return ECSServiceAttributes(image: expected).values.allSatisfy { found[$0.key] == $0.value }
    }

    func facts(of image: Value) -> [String: Value] {
        ["arn": image["arn"], "task_definition": image["task_definition"], "desired": image["desired_count"]]
    }

    func summary(from: Value, to: Value) -> String {
        if to.isNull { return "delete service `\(name)` with its tasks" }
        let target = "\(to["desired_count"].text) × \(revision(to))"
        if from.isNull { return "create service `\(name)`: \(target)" }
        if matches(from, to) {
            return from["status"] == "ROLLOUT_FAILED"
                ? "roll service `\(name)` out again: \(target)" : "see service `\(name)` rolled out: \(target)"
        }
        let old = ECSServiceAttributes(image: from).values
        let others = ECSServiceAttributes(image: to).values
            .filter { old[$0.key] != $0.value && $0.key != "task_definition" && $0.key != "desired_count" }
        let more = others.isEmpty ? "" : ", " + others.keys.sorted().joined(separator: ", ")
        return "update service `\(name)`: \(from["desired_count"].text) × \(revision(from)) → \(target)\(more)"
    }

    private func revision(_ image: Value) -> String {
        let text = image["task_definition"].interpolated
        return text.split(separator: "/").last.map(String.init) ?? text
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to.isNull {
            try await world.remove(
                "ecs:DeleteService \(name)",
                absentBy: ["ServiceNotFoundException", "ServiceNotActiveException"]
            ) {
                try await world.aws.ecs.deleteService(.init(cluster: cluster, service: name, force: true))
            }
        } else if from.isNull {
            let input = ECSServiceAttributes(image: to).creation(
                of: name,
                in: cluster,
                token: ClientToken.fitting(token, limit: 36)
            )
            let made = try await world.call("ecs:CreateService \(name)") {
                try await world.aws.ecs.createService(input)
            }
            return ["arn": .string(made.service.serviceArn)]
        } else {
            var input = ECSServiceAttributes(image: to).update(
                of: name,
                in: cluster,
                from: ECSServiceAttributes(image: from)
            )
            // Why: without it ECS sees nothing to do after a roll-out that failed.
            if from["status"] == "ROLLOUT_FAILED" { input.forceNewDeployment = true }
            let request = input
            _ = try await world.call("ecs:UpdateService \(name)") { try await world.aws.ecs.updateService(request) }
        }
        return .null
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        let found = try await ECSServiceState.named(name, in: cluster, world)
        guard !to.isNull else {
            return found.map { .pending("draining, \($0.service.runningCount) tasks running") }
                ?? .settled(after: .null, facts: [:])
        }
        guard let found else { return .pending("service `\(name)` is not seen yet") }
        let revision = to["task_definition"].string
        let image = image(of: found)
        let mine = found.service.deployments.first { $0.taskDefinition == revision }
        if mine?.rolloutState == "FAILED" || (found.isStable && image["task_definition"] != to["task_definition"]) {
            let cause = try await found.cause(ofTasksOf: revision, world).told(world)
            let reason = mine?.rolloutStateReason ?? "ECS went back to \(self.revision(image))"
            return .failed(
                cause ?? Problem("the roll-out of service `\(name)` failed: \(reason)", hint: "look at its events")
            )
        }
        if found.isStable, matches(image, to) {
            return .settled(after: image, facts: found.facts)
        }
        guard found.service.runningCount < found.service.desiredCount else { return .pending(found.progress) }
        let cause = try await found.cause(ofTasksOf: revision, world)
        guard let problem = cause.problem else { return .pending(found.progress) }
        if max(cause.failures, mine?.failedTasks ?? 0) >= failedTasksLimit {
            return .failed(await cause.told(world) ?? problem)
        }
        return .pending("\(found.progress): \(problem.message)")
    }
}
