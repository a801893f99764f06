import AWSClient
import MigrateCore

/// Deploys by CodeDeploy and waits for the end.
struct CodeDeployAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "codedeploy.deploy",
        role: .action,
        summary: "Deploys an AppSpec by CodeDeploy, blue/green, and waits until traffic has moved or come back",
        parameters: [
            .required("application", .string, "Application"), .required("group", .string, "Deployment group"),
            .optional("app_spec", .any, "AppSpec: a mapping, or its text; not beside `bucket`"),
            .optional("bucket", .string, example: "deployments", "Bucket that the AppSpec lies in"),
            .optional("key", .string, example: "order/appspec.yaml", "Its key in the bucket"),
            .optional(
                "config",
                .string,
                example: "CodeDeployDefault.ECSCanary10Percent5Minutes",
                "How traffic is moved; left out, as the group has it"
            ),
            .optional(
                "auto_rollback",
                .boolean,
                default: true,
                "Whether CodeDeploy goes back by itself on a failure or an alarm"
            ),
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "the deployment's id; undoing stops it and lets traffic go back, as long as CodeDeploy still can",
        reconciliation: "by the group's newest deployments: the description of ours names the attempt",
        permissions: [
            Permission(["codedeploy:GetDeployment", "codedeploy:ListDeployments"], on: "*", mutates: false),
            Permission(
                ["codedeploy:CreateDeployment", "codedeploy:StopDeployment"],
                on: "arn:aws:codedeploy:*:*:deploymentgroup:${application}/${group}",
                mutates: true
            ),
            Permission(
                [
                    "codedeploy:GetDeploymentConfig", "codedeploy:GetApplicationRevision",
                    "codedeploy:RegisterApplicationRevision",
                ],
                on: "*",
                mutates: true
            ),
        ],
        facts: ["deployment": "id of the deployment", "status": "how it ended"],
        source: "https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: order-green
              do: codedeploy.deploy
              with:
                application: market
                group: order
                app_spec:
                  version: 0.0
                  Resources:
                    - TargetService:
                        Type: AWS::ECS::Service
                        Properties:
                          TaskDefinition: "${task}"
                          LoadBalancerInfo: {ContainerName: order, ContainerPort: 3004}
              timeout: 2h
            """
    )

    private let application: String
    private let group: String
    private let revision: CodeDeploy.RevisionLocation
    private let config: String?
    private let goesBack: Bool

    init(_ parameters: Parameters) throws {
        application = try parameters.string("application")
        group = try parameters.string("group")
        config = try parameters.stringIfGiven("config")
        goesBack = try parameters.boolean("auto_rollback")
        let bucket = try parameters.stringIfGiven("bucket")
        guard (bucket == nil) == parameters.has("app_spec") else {
            throw ParameterError("app_spec", "or `bucket` must be given, and not both")
        }
        if let bucket {
            let key = try parameters.string("key")
            let ending = key.split(separator: ".").last.map { $0.uppercased() } ?? ""
            let kind = ["YML": "YAML", "YAML": "YAML", "JSON": "JSON"][ending] ?? ending.lowercased()
            revision = .init(revisionType: "S3", s3Location: .init(bucket: bucket, key: key, bundleType: kind))
        } else {
            let text = parameters.value("app_spec").interpolated
            revision = .init(revisionType: "AppSpecContent", appSpecContent: .init(content: text))
        }
    }

    func observe(_ world: World) async throws -> Value { .null }

    /// Where the deployment of the record has got to; a stopped one is none.
    func observe(_ world: World, believing images: [Value]) async throws -> Value {
        guard let id = images.lazy.compactMap({ $0["deployment"].string }).first else { return .null }
        let info = try await deployment(id, world)
        let isGone = ["Stopped", "Failed"].contains(info.status)
        return isGone ? .null : Self.image(id, info.status)
    }

    private static func image(_ id: String, _ status: String?) -> Value {
        ["deployment": .string(id), "status": status.map { .string($0) } ?? .null]
    }

    private func deployment(_ id: String, _ world: World) async throws -> CodeDeploy.DeploymentInfo {
        try await world.call("codedeploy:GetDeployment \(id)") {
            try await world.aws.codeDeploy.getDeployment(.init(deploymentId: id))
        }.deploymentInfo
    }

    func wanted(over before: Value) throws -> Value { ["status": "Succeeded"] }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        guard !observed.isNull, !expected.isNull else { return observed == expected }
        return expected["deployment"].isNull || observed["deployment"] == expected["deployment"]
    }

    func summary(from: Value, to: Value) -> String {
        to.isNull
            ? "stop deployment \(from["deployment"].interpolated) and let traffic go back"
            : "deploy to `\(group)` of `\(application)`"
    }

    /// What our deployments say of themselves; tells one attempt's from all others.
    private static func mark(_ token: String) -> String { "migrate \(ClientToken.fitting(token, limit: 64))" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard !to.isNull else {
            guard let id = from["deployment"].string else { throw Refusal("the record has no deployment") }
            _ = try await world.call("codedeploy:StopDeployment \(id)") {
                try await world.aws.codeDeploy.stopDeployment(.init(deploymentId: id, autoRollbackEnabled: true))
            }
            return .null
        }
        var input = CodeDeploy.CreateDeploymentInput(applicationName: application)
        input.deploymentGroupName = group
        input.revision = revision
        input.deploymentConfigName = config
        input.description = Self.mark(token)
        let events = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]
        input.autoRollbackConfiguration = .init(enabled: goesBack, events: goesBack ? events : nil)
        let request = input
        let made = try await world.call("codedeploy:CreateDeployment \(application)/\(group)") {
            try await world.aws.codeDeploy.createDeployment(request)
        }
        return ["deployment": .string(made.deploymentId)]
    }

    private func find(_ mark: String, _ world: World) async throws -> String? {
        let ids =
            try await world.call("codedeploy:ListDeployments \(application)/\(group)") {
                try await world.aws.codeDeploy.listDeployments(
                    .init(applicationName: application, deploymentGroupName: group)
                )
            }.deployments ?? []
        // Newest first; an attempt's own is among the newest or not there.
        for id in ids.prefix(10) where try await deployment(id, world).description == mark { return id }
        return nil
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        guard !to.isNull else { return .settled(after: .null, facts: [:]) }
        guard let id = receipt["deployment"].string else {
            return .failed(Problem("it is not known which deployment was made"))
        }
        let info = try await deployment(id, world)
        switch info.status {
        case "Succeeded":
            let after = Self.image(id, info.status)
            return .settled(after: after, facts: facts(of: after))
        case "Failed", "Stopped": return .failed(CodeDeployDiagnosis.problem(id, info))
        case .some(let status): return .pending("deployment \(id) is \(status)")
        case nil: return .pending("deployment \(id) has no status yet")
        }
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        // Stopping a stopped deployment does no more than stopping it once.
        guard !to.isNull else { return .notApplied }
        guard let id = try await find(Self.mark(world.attemptToken), world) else { return .notApplied }
        return .applied(receipt: ["deployment": .string(id)])
    }
}
