import AWSClient
import MigrateCore

/// Makes a role without policies.
struct IAMBareRoleAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "iam.bare_role",
        role: .action,
        summary: "Makes an IAM role without policies, or replaces the trust policy of one that exists",
        parameters: [
            .required("name", .string, "Name of the role"),
            .required("trust", .any, "Trust policy: a mapping, or JSON text"),
            .optional("path", .string, default: "/", example: "/lgtm/", "Path, for a role that is made"),
            .optional(
                "description",
                .string,
                example: "Role of the tasks",
                "Words on it, for a role that is made; not looked at afterwards"
            ),
            .optional(
                "max_session",
                .duration,
                default: "1h",
                "Longest session, from 1h to 12h, for a role that is made"
            ),
            .optional(
                "permissions_boundary",
                .string,
                example: "arn:aws:iam::123456789012:policy/boundary",
                "ARN of a policy that bounds it, for a role that is made"
            ),
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "trust policy, path and limits as found, or that there was no role; undoing sets them back or deletes it",
        reconciliation: "by the role's name and its trust policy",
        permissions: [
            Permission(["iam:GetRole"], on: IAMRole.resource, mutates: false),
            Permission(
                ["iam:CreateRole", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole"],
                on: IAMRole.resource,
                mutates: true
            ),
        ],
        facts: IAMRole.factNames,
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: task-role
              do: iam.bare_role
              with:
                name: lgtm-task
                trust:
                  Version: "2012-10-17"
                  Statement:
                    - {Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}
            """
    )

    private let name: String
    private let trust: PolicyDocument
    private let path: String
    private let description: String?
    private let maxSession: Duration
    private let boundary: String?

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        trust = try PolicyDocument(parameters, "trust")
        path = try parameters.string("path")
        description = try parameters.stringIfGiven("description")
        maxSession = try parameters.duration("max_session")
        guard (.seconds(3600) ... .seconds(43_200)).contains(maxSession) else {
            throw ParameterError("max_session", "must be from 1h to 12h, not \(maxSession.shortText)")
        }
        boundary = try parameters.stringIfGiven("permissions_boundary")
    }

    func observe(_ world: World) async throws -> Value {
        guard let role = try await IAMRole.named(name, world) else { return .null }
        return .object(role.facts.merging(["trust": role.trust]) { $1 })
    }

    func wanted(over before: Value) throws -> Value {
        var members = before.object ?? ["name": .string(name)]
        let isSame = PolicyDocument.canonical(before["trust"]) == PolicyDocument.canonical(trust.value)
        if before.isNull || !isSame { members["trust"] = trust.value }
        return .object(members)
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        observed.isNull == expected.isNull
            && PolicyDocument.canonical(observed["trust"]) == PolicyDocument.canonical(expected["trust"])
    }

    func facts(of image: Value) -> [String: Value] { ["arn": image["arn"], "name": .string(name)] }

    func summary(from: Value, to: Value) -> String {
        if from.isNull { return "create role `\(name)`" }
        return to.isNull ? "delete role `\(name)`" : "replace the trust policy of role `\(name)`"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to.isNull {
            try await world.remove("iam:DeleteRole \(name)", absentBy: ["NoSuchEntity"]) {
                try await world.aws.iam.deleteRole(.init(roleName: name))
            }
        } else if from.isNull {
            var input = IAM.CreateRoleInput(roleName: name, assumeRolePolicyDocument: to["trust"].text)
            input.path = path
            input.description = description
            input.maxSessionDuration = Int(maxSession.inMilliseconds / 1000)
            input.permissionsBoundary = boundary
            let request = input
            let made = try await world.call("iam:CreateRole \(name)") { try await world.aws.iam.createRole(request) }
            return ["arn": .string(made.role.arn)]
        } else {
            _ = try await world.call("iam:UpdateAssumeRolePolicy \(name)") {
                try await world.aws.iam.updateAssumeRolePolicy(.init(roleName: name, policyDocument: to["trust"].text))
            }
        }
        return .null
    }
}
