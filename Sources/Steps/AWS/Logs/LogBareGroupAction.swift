import AWSClient
import MigrateCore

/// Makes a log group that keeps its events for ever.
struct LogBareGroupAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "logs.bare_group",
        role: .action,
        summary: "Makes a CloudWatch log group, without a retention",
        parameters: [
            .required("name", .string, "Name of the log group"),
            .optional(
                "kms_key",
                .string,
                example: "alias/logs",
                "ARN of the key that encrypts it, for a log group that is made"
            ),
        ],
        effect: .reconcilable,
        rollback: .keep,
        undo: "that there was no log group; undoing deletes it with what is in it",
        reconciliation: "by the group's name",
        permissions: [
            Permission(["logs:DescribeLogGroups"], on: "*", mutates: false),
            Permission(["logs:CreateLogGroup", "logs:DeleteLogGroup"], on: LogGroupState.resource, mutates: true),
        ],
        facts: ["arn": "ARN of the log group", "name": "its name"],
        source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-log-group
              do: logs.bare_group
              with: {name: /ecs/lgtm/mimir}
            """
    )

    private let name: String
    private let key: String?

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        key = try parameters.stringIfGiven("kms_key")
    }

    func observe(_ world: World) async throws -> Value {
        guard let found = try await LogGroupState.named(name, world) else { return .null }
        return ["name": .string(name), "arn": .string(found.arn)]
    }

    func wanted(over before: Value) throws -> Value { before.isNull ? ["name": .string(name)] : before }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed.isNull == expected.isNull }

    func facts(of image: Value) -> [String: Value] { ["arn": image["arn"], "name": .string(name)] }

    func summary(from: Value, to: Value) -> String {
        to.isNull ? "delete log group `\(name)` with its events" : "create log group `\(name)`"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to.isNull {
            try await world.remove("logs:DeleteLogGroup \(name)", absentBy: ["ResourceNotFoundException"]) {
                try await world.aws.cloudWatchLogs.deleteLogGroup(.init(logGroupName: name))
            }
        } else {
            _ = try await world.call("logs:CreateLogGroup \(name)") {
                try await world.aws.cloudWatchLogs.createLogGroup(.init(logGroupName: name, kmsKeyId: key))
            }
        }
        return .null
    }
}
