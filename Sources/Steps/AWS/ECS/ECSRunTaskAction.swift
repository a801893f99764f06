import AWSClient
import MigrateCore

/// Runs a task that belongs to no service, to its end.
struct ECSRunTaskAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "ecs.run_task",
        role: .action,
        summary: "Runs an ECS task to its end, such as a schema change, and fails when a container does",
        parameters: [
            .required("cluster", .string, "Name or ARN of the cluster"),
            .required("task_definition", .string, "ARN of the revision to run"),
            .optional("launch_type", .choice(["FARGATE", "EC2"]), default: "FARGATE", "Where it runs"),
            .optional("subnets", .list(.string), "Subnets of the task"),
            .optional("security_groups", .list(.string), example: ["sg-0a"], "Security groups of the task"),
            .optional("public_address", .boolean, default: false, "Whether it gets a public address"),
            .optional("container", .string, "Container that `command` and `environment` are for"),
            .optional("command", .list(.string), "Command in place of the image's"),
            .optional("environment", .mapping, example: ["LOG_LEVEL": "debug"], "Further variables; no secrets"),
        ],
        effect: .token,
        rollback: .none,
        permissions: [
            Permission(
                ["ecs:DescribeTasks", "ecs:DescribeTaskDefinition", "logs:GetLogEvents"],
                on: "*",
                mutates: false
            ),
            Permission(["ecs:RunTask"], on: "*", mutates: true),
            ECSTaskRoles.permission,
        ],
        facts: ["task": "ARN of the task", "exit_codes": "exit code by container"],
        source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: schema
              do: ecs.run_task
              with:
                cluster: market
                task_definition: "${schema_task}"
                subnets: [subnet-0a, subnet-0b]
                container: app
                command: [migrate, up]
              rollback: {none: the schema change is backward compatible}
              timeout: 30m
            """
    )

    private let cluster: String
    private let definition: String
    private let launchType: String
    private let network: ECS.NetworkConfiguration?
    private let overrides: Value

    init(_ parameters: Parameters) throws {
        cluster = try parameters.string("cluster")
        definition = try parameters.string("task_definition")
        launchType = try parameters.string("launch_type")
        let subnets = try parameters.strings("subnets")
        let groups = try parameters.strings("security_groups")
        let isPublic = try parameters.boolean("public_address")
        network =
            subnets.isEmpty
            ? nil
            : .init(
                awsvpcConfiguration: .init(
                    subnets: subnets,
                    securityGroups: groups.isEmpty ? nil : groups,
                    assignPublicIp: isPublic ? "ENABLED" : "DISABLED"
                )
            )
        overrides = try Self.overrides(parameters)
    }

    private static func overrides(_ parameters: Parameters) throws -> Value {
        let command = try parameters.list("command")
        let environment = try parameters.textMapping("environment").sorted { $0.key < $1.key }
        guard let container = try parameters.stringIfGiven("container") else {
            guard command.isEmpty, environment.isEmpty else {
                throw ParameterError("container", "is needed beside `command` and `environment`")
            }
            return .null
        }
        var members: [String: Value] = ["name": .string(container)]
        if !command.isEmpty { members["command"] = .array(command) }
        if !environment.isEmpty {
            members["environment"] = .array(environment.map { ["name": .string($0.key), "value": .string($0.value)] })
        }
        return ["containerOverrides": [.object(members)]]
    }

    func observe(_ world: World) async throws -> Value { .null }

    /// A task that ended is no state of the world: the record alone tells that it ran.
    func observe(_ world: World, believing images: [Value]) async throws -> Value { images.first ?? .null }

    func wanted(over before: Value) throws -> Value { ["ran": .string(definition)] }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed["ran"] == expected["ran"] }

    func facts(of image: Value) -> [String: Value] { ["task": image["task"], "exit_codes": image["exit_codes"]] }

    func summary(from: Value, to: Value) -> String { "run a task of `\(definition)` in `\(cluster)`" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard !to.isNull else { throw Refusal("a task that ran cannot be taken back") }
        var input = ECS.RunTaskInput(taskDefinition: definition)
        input.cluster = cluster
        input.count = 1
        input.launchType = launchType
        input.networkConfiguration = network
        if !overrides.isNull {
            do {
                input.overrides = try JSONDocument(parsing: overrides.bytes)
            } catch { throw Refusal("the overrides cannot be sent: \(error.reason)") }
        }
        input.startedBy = ClientToken.fitting("migrate", limit: 128)
        input.clientToken = ClientToken.fitting(token, limit: 64)
        let request = input
        let started = try await world.call("ecs:RunTask \(definition)") { try await world.aws.ecs.runTask(request) }
        if let task = started.tasks?.first { return ["task": .string(task.taskArn)] }
        let failure = started.failures?.first
        let problem = Problem(
            "no task of `\(definition)` was started: \(failure?.reason ?? "no reason given")",
            hint: "`RESOURCE:…` means that nothing has room for it; look at cluster, subnets and quota"
        )
        throw KnownOutcome(.notApplied(problem, isTransient: failure?.reason?.contains("RESOURCE") ?? false))
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        guard let arn = receipt["task"].string else {
            return .failed(
                Problem("it is not known which task was started", hint: "`aws ecs list-tasks` shows those that run")
            )
        }
        let found = try await world.call("ecs:DescribeTasks \(arn)") {
            try await world.aws.ecs.describeTasks(.init(cluster: cluster, tasks: [arn]))
        }
        guard let task = found.tasks.first else {
            // An hour after its end ECS forgets a task.
            return .failed(Problem("task `\(arn)` is gone: how it ended is not known"))
        }
        guard task.lastStatus == "STOPPED" else { return .pending("task is \(task.lastStatus ?? "starting")") }
        let stopped = StoppedTask(task)
        let codes = stopped.containers.map { ($0.name, $0.exitCode.map { Value.integer(Int64($0)) } ?? .null) }
        if codes.isEmpty || codes.contains(where: { $0.1 != 0 }) {
            let diagnosis = ServiceDiagnosis(service: definition, stopped: [stopped], events: [], healthCheck: nil)
            let problem =
                diagnosis.cause(of: stopped)
                ?? Problem("task `\(arn)` stopped: \(task.stoppedReason ?? "no reason given")")
            return .failed(await TaskDetails.completing(problem, of: stopped, world))
        }
        let after: Value = [
            "ran": to["ran"], "task": .string(arn),
            "exit_codes": .object(Dictionary(codes, uniquingKeysWith: { $1 })),
        ]
        return .settled(after: after, facts: facts(of: after))
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        .unclear(
            Problem(
                "whether the task was started is not known",
                hint: "issued again with its token it starts no second one"
            ),
            found: .null
        )
    }
}
