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
        undo: "the deployment that had succeeded last; undoing stops ours while it goes on, and deploys that one's"
            + " revision again once ours has succeeded; where none had succeeded, the step is refused unless its"
            + " `rollback` says what to do",
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

    /// What had succeeded last; `null` when nothing had.
    func observe(_ world: World) async throws -> Value {
        guard let previous = try await deployments(["Succeeded"], world).first else { return .null }
        return ["previous": .string(previous)]
    }

    /// Where the deployment of the record has got to; one that was stopped, or that another came after, is none.
    func observe(_ world: World, believing images: [Value]) async throws -> Value {
        guard let id = images.lazy.compactMap({ $0["deployment"].string }).first else { return .null }
        let status = try await deployment(id, world).status
        if ["Stopped", "Failed"].contains(status) { return .null }
        if status == "Succeeded", let last = try await deployments(["Succeeded"], world).first, last != id {
            return ["previous": .string(last)]
        }
        return Self.image(id, status)
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

    func checkWayBack(to before: Value) throws {
        guard before["previous"].isNull else { return }
        throw Refusal(
            "no deployment of group `\(group)` of `\(application)` has succeeded yet, so that there is no revision to go"
                + " back to",
            hint: "say in the step's `rollback` what undoes it, such as a deployment of what runs now, or why nothing"
                + " does: `{none: REASON}`"
        )
    }

    /// Whether `image` is of a deployment of ours, and not of what was there before.
    private static func isDeployed(_ image: Value) -> Bool { !image["status"].isNull }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        guard Self.isDeployed(observed), Self.isDeployed(expected) else {
            return Self.isDeployed(observed) == Self.isDeployed(expected)
        }
        return expected["deployment"].isNull || observed["deployment"] == expected["deployment"]
    }

    func facts(of image: Value) -> [String: Value] {
        ["deployment": image["deployment"], "status": image["status"]]
    }

    func summary(from: Value, to: Value) -> String {
        guard !Self.isDeployed(to) else { return "deploy to `\(group)` of `\(application)`" }
        let again = to["previous"].string.map { ", or deploy what \($0) did" } ?? ""
        return "stop deployment \(from["deployment"].interpolated) and let traffic go back\(again)"
    }

    /// What our deployments say of themselves; tells one attempt's from all others.
    private static func mark(_ token: String) -> String { "migrate \(ClientToken.fitting(token, limit: 64))" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if Self.isDeployed(to) { return try await create(revision, token, world) }
        guard let id = from["deployment"].string else { throw Refusal("the record has no deployment") }
        if from["status"] == "Succeeded" { return try await goBack(from: id, to: to, token, world) }
        _ = try await world.call("codedeploy:StopDeployment \(id)") {
            try await world.aws.codeDeploy.stopDeployment(.init(deploymentId: id, autoRollbackEnabled: true))
        }
        return .null
    }

    /// Deploys what had succeeded before deployment `id`.
    private func goBack(from id: String, to image: Value, _ token: String, _ world: World) async throws -> Value {
        guard let previous = image["previous"].string else {
            throw Refusal(
                "deployment \(id) has succeeded, and no deployment had succeeded before it",
                hint: "what ran before it was not CodeDeploy's: put it back with `ecs.service`"
            )
        }
        let revision = try await deployment(previous, world).revision
        guard let revision, revision.s3Location != nil || revision.appSpecContent?.content.isEmpty == false else {
            throw Refusal(
                "CodeDeploy does not say what deployment \(previous) deployed",
                hint: "deploy the former AppSpec by a step of its own"
            )
        }
        return try await create(revision, token, world)
    }

    private func create(_ revision: CodeDeploy.RevisionLocation, _ token: String, _ world: World) async throws -> Value
    {
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

    /// Ids of the group's deployments, newest first; of `statuses` alone when they are given.
    private func deployments(_ statuses: [String]? = nil, _ world: World) async throws -> [String] {
        try await world.call("codedeploy:ListDeployments \(application)/\(group)") {
            try await world.aws.codeDeploy.listDeployments(
                .init(applicationName: application, deploymentGroupName: group, includeOnlyStatuses: statuses)
            )
        }.deployments ?? []
    }

    private func find(_ mark: String, _ world: World) async throws -> String? {
        // An attempt's own is among the newest or not there.
        for id in try await deployments(nil, world).prefix(10)
        where try await deployment(id, world).description == mark { return id }
        return nil
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        guard let id = receipt["deployment"].string else {
            // A deployment that was stopped goes back by itself.
            guard Self.isDeployed(to) else { return .settled(after: to, facts: [:]) }
            return .failed(Problem("it is not known which deployment was made"))
        }
        let info = try await deployment(id, world)
        switch info.status {
        case "Succeeded":
            let after = Self.isDeployed(to) ? Self.image(id, info.status) : to
            return .settled(after: after, facts: facts(of: after))
        case "Failed", "Stopped": return .failed(CodeDeployDiagnosis.problem(id, info))
        case .some(let status): return .pending("deployment \(id) is \(status)")
        case nil: return .pending("deployment \(id) has no status yet")
        }
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        // What is not found: stopping a stopped deployment does no more than stopping it once.
        guard let id = try await find(Self.mark(world.attemptToken), world) else { return .notApplied }
        return .applied(receipt: ["deployment": .string(id)])
    }
}
