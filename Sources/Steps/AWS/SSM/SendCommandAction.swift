import AWSClient
import MigrateCore

/// Runs a document of Systems Manager on instances.
struct SendCommandAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "ssm.send_command",
        role: .action,
        summary: "Runs a Systems Manager document on instances, and fails when it fails on one",
        parameters: [
            .optional("instances", .list(.string), "Ids of the instances; not beside `tags`"),
            .optional("tags", .mapping, example: ["Role": "grafana"], "Tags of the instances, all of them"),
            .optional("document", .string, default: "AWS-RunShellScript", "Document"),
            .optional("commands", .list(.string), "Lines of the script, for `AWS-RunShellScript`"),
            .optional(
                "parameters",
                .mapping,
                example: ["executionTimeout": ["600"]],
                "Further parameters: lists of texts"
            ),
            .optional("start_within", .duration, default: "10m", "Time that an instance may take to begin"),
        ],
        effect: .reconcilable,
        rollback: .none,
        reconciliation: "by the newest commands: the comment of ours names the attempt",
        permissions: [
            Permission(["ssm:ListCommands", "ssm:ListCommandInvocations"], on: "*", mutates: false),
            Permission(["ssm:SendCommand"], on: "arn:aws:ssm:*:*:document/${document}", mutates: true),
            Permission(["ssm:SendCommand"], on: "arn:aws:ec2:*:*:instance/${instances}", mutates: true),
        ],
        facts: ["command": "id of the command", "status": "how it ended", "instances": "status by instance"],
        source: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: stop-agent
              do: ssm.send_command
              with: {instances: [i-0a1b2c3d], commands: ["systemctl stop alloy"]}
              rollback: {do: ssm.send_command, with: {instances: [i-0a1b2c3d], commands: ["systemctl start alloy"]}}
            """
    )

    private let instances: [String]
    private let tags: [String: String]
    private let document: String
    private let parameters: [String: [String]]
    private let startWithin: Duration

    init(_ given: Parameters) throws {
        instances = try given.strings("instances")
        tags = try given.textMapping("tags")
        guard instances.isEmpty != tags.isEmpty else {
            throw ParameterError("instances", "or `tags` must be given, and not both")
        }
        document = try given.string("document")
        startWithin = try given.duration("start_within")
        var parameters: [String: [String]] = [:]
        for (name, value) in try given.mapping("parameters") {
            parameters[name] = (value.array ?? [value]).map(\.interpolated)
        }
        let commands = try given.strings("commands")
        if !commands.isEmpty { parameters["commands"] = commands }
        self.parameters = parameters
    }

    func observe(_ world: World) async throws -> Value { .null }

    /// A command that ended is no state of the world: the record alone tells that it ran.
    func observe(_ world: World, believing images: [Value]) async throws -> Value { images.first ?? .null }

    func wanted(over before: Value) throws -> Value { ["document": .string(document)] }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed["document"] == expected["document"] }

    func facts(of image: Value) -> [String: Value] {
        ["command": image["command"], "status": image["status"], "instances": image["instances"]]
    }

    func summary(from: Value, to: Value) -> String {
        let where_ = instances.isEmpty ? tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } : instances
        return "run `\(document)` on \(where_.joined(separator: ", "))"
    }

    private static func mark(_ token: String) -> String { "migrate \(ClientToken.fitting(token, limit: 64))" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard !to.isNull else { throw Refusal("a command that ran cannot be taken back") }
        var input = SSM.SendCommandInput(documentName: document)
        input.instanceIds = instances.isEmpty ? nil : instances
        input.targets =
            tags.isEmpty ? nil : tags.sorted { $0.key < $1.key }.map { .init(key: "tag:\($0.key)", values: [$0.value]) }
        input.parameters = parameters.isEmpty ? nil : parameters
        input.comment = Self.mark(token)
        input.timeoutSeconds = max(30, Int(startWithin.inMilliseconds / 1000))
        let request = input
        let sent = try await world.call("ssm:SendCommand \(document)") { try await world.aws.ssm.sendCommand(request) }
        return ["command": .string(sent.command.commandId)]
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        guard let id = receipt["command"].string else {
            return .failed(Problem("it is not known which command was sent"))
        }
        let command = try await world.call("ssm:ListCommands \(id)") {
            try await world.aws.ssm.listCommands(.init(commandId: id))
        }.commands?.first
        switch command?.status {
        case "Success", "Failed", "TimedOut", "Cancelled": break
        case .some(let status):
            return .pending("\(command?.completedCount ?? 0) of \(command?.targetCount ?? 0) instances done, \(status)")
        case nil: return .pending("command \(id) is not seen yet")
        }
        let runs =
            try await world.call("ssm:ListCommandInvocations \(id)") {
                try await world.aws.ssm.listCommandInvocations(.init(commandId: id, details: true))
            }.commandInvocations ?? []
        if command?.status != "Success" { return .failed(Self.problem(id, command?.statusDetails, runs)) }
        guard !runs.isEmpty else {
            return .failed(Problem("command \(id) reached no instance", hint: "check ids and tags"))
        }
        let statuses = runs.map { ($0.instanceId, Value.string($0.status ?? "")) }
        let after: Value = [
            "document": to["document"], "command": .string(id), "status": "Success",
            "instances": .object(Dictionary(statuses, uniquingKeysWith: { $1 })),
        ]
        return .settled(after: after, facts: facts(of: after))
    }

    private static func problem(_ id: String, _ details: String?, _ runs: [SSM.CommandInvocation]) -> Problem {
        let failed = runs.first { $0.status != "Success" }
        let step = failed?.commandPlugins?.first { ($0.responseCode ?? 0) != 0 } ?? failed?.commandPlugins?.first
        var words = "command \(id) is \(details ?? "failed")"
        if let failed { words += "; on \(failed.instanceId) \(failed.statusDetails ?? failed.status ?? "")" }
        if let code = step?.responseCode, code >= 0 { words += ", exit status \(code)" }
        if let said = step?.output?.lastLine, !said.isEmpty { words += ": \(said)" }
        let isUnreachable = runs.contains {
            ["DeliveryTimedOut", "Undeliverable", "Terminated"].contains($0.statusDetails)
        }
        return Problem(
            words,
            hint: isUnreachable ? "the SSM agent of the instance must run and reach Systems Manager" : nil
        )
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        let mark = Self.mark(world.attemptToken)
        let newest =
            try await world.call("ssm:ListCommands") {
                try await world.aws.ssm.listCommands(.init(maxResults: 50))
            }.commands ?? []
        guard let found = newest.first(where: { $0.comment == mark }) else { return .notApplied }
        return .applied(receipt: ["command": .string(found.commandId)])
    }
}
