import AWSClient
import MigrateCore

/// Whether a role's policies allow what it will have to do.
struct IAMAllowsProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "iam.allows",
        role: .probe,
        summary: "The policies of an IAM role allow these actions on these resources, as IAM's simulator judges",
        parameters: [
            .required("role", .string, "Name or ARN of the role"),
            .required("actions", .list(.string), "Actions, such as `s3:PutObject`"),
            .optional("resources", .list(.string), default: ["*"], "ARNs that each action must be allowed on"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                ["iam:SimulatePrincipalPolicy", "iam:GetRole"],
                on: "arn:aws:iam::*:role/${role}",
                mutates: false
            )
        ],
        facts: ["denied": "what is not allowed, as `action on resource`"],
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: task-role-may-store
              probe: iam.allows
              with: {role: lgtm-task, actions: ["s3:PutObject"], resources: ["arn:aws:s3:::lgtm/*"]}
            """
    )

    private let role: String
    private let actions: [String]
    private let resources: [String]

    init(_ parameters: Parameters) throws {
        role = try parameters.string("role")
        actions = try parameters.strings("actions")
        resources = try parameters.strings("resources")
        guard !actions.isEmpty else { throw ParameterError("actions", "must name at least one action") }
        guard !resources.isEmpty else { throw ParameterError("resources", "must name at least one resource") }
    }

    func ask(_ world: World) async throws -> Observation {
        guard let arn = try await roleARN(world) else { return Observation(.fail("no role `\(role)`")) }
        var input = IAM.SimulatePrincipalPolicyInput(policySourceArn: arn, actionNames: actions)
        input.resourceArns = resources
        let request = input
        let results: [IAM.EvaluationResult]
        do {
            results = try await world.call("iam:SimulatePrincipalPolicy \(role)") {
                try await world.aws.iam.allEvaluationResults(request)
            }
        } catch let error as AWSError where error.isNoJudgement {
            let problem = Problem(of: error)
            return Observation(.inconclusive("what `\(role)` may do could not be simulated: \(problem.message)"))
        }
        return judge(results)
    }

    private func roleARN(_ world: World) async throws -> String? {
        if role.hasPrefix("arn:") { return role }
        return try await IAMRole.named(role, world)?.arn
    }

    private func judge(_ results: [IAM.EvaluationResult]) -> Observation {
        let denied = results.filter { $0.evalDecision != "allowed" }.map {
            "\($0.evalActionName) on \($0.evalResourceName ?? "*") (\($0.evalDecision))"
        }
        let facts: [String: Value] = ["denied": .array(denied.map { .string($0) })]
        let judged = Set(results.map { $0.evalActionName.lowercased() })
        let unjudged = actions.filter { !judged.contains($0.lowercased()) }
        if !denied.isEmpty {
            return Observation(.fail("`\(role)` is not allowed \(denied.joined(separator: ", "))"), facts: facts)
        }
        guard unjudged.isEmpty else {
            let list = unjudged.joined(separator: ", ")
            return Observation(.inconclusive("the simulator said nothing of \(list)"), facts: facts)
        }
        return Observation(.pass("`\(role)` is allowed all \(actions.count) actions"), facts: facts)
    }
}
