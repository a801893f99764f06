import AWSClient
import MigrateCore

/// Whether a deployment has succeeded.
struct CodeDeployDeploymentProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "codedeploy.deployment",
        role: .probe,
        summary: "A CodeDeploy deployment, or the newest of a group, has succeeded",
        parameters: [
            .optional("deployment", .string, example: "d-A1B2C3", "Id of the deployment; left out, the group's newest"),
            .optional("application", .string, "Application, beside `group`"),
            .optional("group", .string, "Deployment group"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["codedeploy:GetDeployment", "codedeploy:ListDeployments"], on: "*", mutates: false)
        ],
        facts: ["deployment": "its id", "status": "its status"],
        source: "https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_GetDeployment.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: order-deployed
              probe: codedeploy.deployment
              with: {application: market, group: order}
              retry: {for: 1h, every: 30s}
            """
    )

    private let id: String?
    private let application: String?
    private let group: String?

    init(_ parameters: Parameters) throws {
        id = try parameters.stringIfGiven("deployment")
        application = try parameters.stringIfGiven("application")
        group = try parameters.stringIfGiven("group")
        guard id != nil || (application != nil && group != nil) else {
            throw ParameterError("deployment", "or both `application` and `group` must be given")
        }
    }

    func ask(_ world: World) async throws -> Observation {
        guard let id = try await newest(world) else { return Observation(.fail("the group has no deployment")) }
        let found = try await world.look(
            "codedeploy:GetDeployment \(id)",
            absentBy: ["DeploymentDoesNotExistException"]
        ) {
            try await world.aws.codeDeploy.getDeployment(.init(deploymentId: id))
        }
        guard let info = found?.deploymentInfo else { return Observation(.fail("no deployment `\(id)`")) }
        let status = info.status ?? "unknown"
        let facts: [String: Value] = ["deployment": .string(id), "status": .string(status)]
        switch status {
        case "Succeeded": return Observation(.pass("deployment \(id) succeeded"), facts: facts)
        case "Failed", "Stopped":
            let problem = CodeDeployDiagnosis.problem(id, info)
            let hint = problem.hint.map { " (\($0))" } ?? ""
            return Observation(.fail(problem.message + hint), facts: facts, isFinal: true)
        default: return Observation(.fail("deployment \(id) is \(status)"), facts: facts)
        }
    }

    private func newest(_ world: World) async throws -> String? {
        if let id { return id }
        return try await world.call("codedeploy:ListDeployments \(application ?? "")/\(group ?? "")") {
            try await world.aws.codeDeploy.listDeployments(
                .init(applicationName: application, deploymentGroupName: group)
            )
        }.deployments?.first
    }
}
