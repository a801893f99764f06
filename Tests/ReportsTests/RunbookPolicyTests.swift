import MigrateCore
import Reports
import Testing

@Suite struct RunbookPolicyTests {
    private static let repository = KindDeclaration(
        name: "ecr.repository",
        role: .action,
        summary: "makes one",
        parameters: [.required("name", .string, "Name"), .optional("topic", .string, "ARN or name")],
        effect: .reconcilable,
        rollback: .captured,
        permissions: [
            Permission(["ecr:DescribeRepositories"], on: "arn:aws:ecr:*:*:repository/${name}", mutates: false),
            Permission(["ecr:CreateRepository"], on: "arn:aws:ecr:*:*:repository/${name}", mutates: true),
            Permission(["sns:Publish"], on: "arn:aws:sns:*:*:${topic}", mutates: true),
        ],
        source: "",
        example: ""
    )

    private func policy(
        _ parameters: [Value],
        _ place: RunbookPolicy.Place = .init(),
        kind: KindDeclaration = repository
    ) -> RunbookPolicy {
        let steps = parameters.enumerated().map { index, given in
            PlanStep(
                id: StepID("s\(index)"),
                phase: PhaseID("p"),
                title: LocalizedText("s"),
                work: .action(ActionCall(kind: "ecr.repository", parameters: given, effect: .reconcilable))
            )
        }
        let plan = Plan(runbook: "r", environment: "e", title: LocalizedText("r"), phases: [], steps: steps)
        return RunbookPolicy(of: plan, kinds: KindTable([kind]), place: place)
    }

    private func resources(_ action: String, _ policy: RunbookPolicy) -> [String]? {
        RunbookPolicy.Part.allCases.flatMap { policy.needs($0) }.first { $0.action == action }?.resources
    }

    @Test func lookingAndChangingAreApart() {
        let policy = policy([["name": "lgtm/mimir"]])
        #expect(policy.needs(.read).map(\.action) == ["ecr:DescribeRepositories", "iam:SimulatePrincipalPolicy"])
        #expect(policy.needs(.change).map(\.action) == ["ecr:CreateRepository", "sns:Publish"])
    }

    @Test func whatAProbeWritesIsNeededForLooking() {
        let permission = Permission(["s3:PutObject"], on: "arn:aws:s3:::${bucket}/*", mutates: true)
        let kind = KindDeclaration(
            name: "s3.write",
            role: .probe,
            summary: "writes",
            parameters: [.required("bucket", .string, "Name")],
            effect: .readOnly,
            rollback: .notNeeded,
            permissions: [permission],
            source: "",
            example: ""
        )
        let call = ProbeCall(kind: "s3.write", parameters: ["bucket": "data"])
        let step = PlanStep(id: StepID("s"), phase: PhaseID("p"), title: LocalizedText("s"), work: .probe(call))
        let plan = Plan(runbook: "r", environment: "e", title: LocalizedText("r"), phases: [], steps: [step])
        let policy = RunbookPolicy(of: plan, kinds: KindTable([kind]))
        #expect(policy.needs(.read).map(\.action) == ["iam:SimulatePrincipalPolicy", "s3:PutObject"])
        #expect(policy.needs(.change).isEmpty)
    }

    @Test func whatNoDeclarationCanKnowIsTold() {
        var kind = Self.repository
        kind.permissionsBeside = "what its program calls"
        let told = policy([["name": "a"], ["name": "b"]], kind: kind).beside
        #expect(told.map(\.what) == ["what its program calls"] && told.map(\.kinds) == [["ecr.repository"]])
        #expect(policy([["name": "a"]]).beside.isEmpty)
    }

    @Test func resourcesAreThoseThatTheRunbookNames() {
        let place = RunbookPolicy.Place(partition: "aws-cn", region: "cn-north-1", account: "123456789012")
        let policy = policy([["name": "a"], ["name": "b"]], place)
        #expect(
            resources("ecr:CreateRepository", policy) == [
                "arn:aws-cn:ecr:cn-north-1:123456789012:repository/a",
                "arn:aws-cn:ecr:cn-north-1:123456789012:repository/b",
            ]
        )
    }

    @Test func aNameThatIsKnownOnlyDuringTheRunIsAnyName() {
        let policy = policy([["name": "${steps.made.name}"]])
        #expect(resources("ecr:CreateRepository", policy) == ["arn:aws:ecr:*:*:repository/*"])
    }

    @Test func anARNStandsForTheThingItself() {
        let policy = policy([["name": "a", "topic": "arn:aws:sns:eu-west-1:1:alerts"]])
        #expect(resources("sns:Publish", policy) == ["arn:aws:sns:eu-west-1:1:alerts"])
    }

    @Test func documentsOfSystemsManagerBelongToNoAccount() {
        let place = RunbookPolicy.Place(region: "eu-west-1", account: "123456789012")
        func resource(of document: String) -> [String]? {
            let send = KindDeclaration(
                name: "ecr.repository",
                role: .action,
                summary: "sends",
                parameters: [.required("document", .string, "Document")],
                effect: .reconcilable,
                rollback: .none,
                permissions: [
                    Permission(["ssm:SendCommand"], on: "arn:aws:ssm:*:*:document/${document}", mutates: true)
                ],
                source: "",
                example: ""
            )
            return resources("ssm:SendCommand", policy([["document": .string(document)]], place, kind: send))
        }
        #expect(resource(of: "AWS-RunShellScript") == ["arn:aws:ssm:eu-west-1::document/AWS-RunShellScript"])
        #expect(resource(of: "ours") == ["arn:aws:ssm:eu-west-1:123456789012:document/ours"])
    }

    @Test func aRoleMayBePassedToItsServiceAlone() {
        var passing = Self.repository
        passing.permissions = [
            Permission(["ecs:RunTask"], on: "*", mutates: true),
            Permission(["iam:PassRole"], on: "*", mutates: true, passedTo: "ecs-tasks.amazonaws.com"),
            Permission(["iam:PassRole"], on: "arn:aws:iam::1:role/b", mutates: true, passedTo: "backup.amazonaws.com"),
        ]
        let statements = policy([["name": "a"]], kind: passing).document(.change)["Statement"].array ?? []
        #expect(statements.map { $0["Action"] } == [["ecs:RunTask"], ["iam:PassRole"], ["iam:PassRole"]])
        #expect(
            statements.map { $0["Condition"] } == [
                .null, ["StringEquals": ["iam:PassedToService": "backup.amazonaws.com"]],
                ["StringEquals": ["iam:PassedToService": "ecs-tasks.amazonaws.com"]],
            ]
        )
        #expect(statements.map { $0["Resource"] } == [["*"], ["arn:aws:iam::1:role/b"], ["*"]])
    }

    @Test func actionsOnTheSameResourcesShareAStatement() {
        let statements = policy([["name": "a"]]).document(.change)["Statement"].array ?? []
        #expect(statements.map { $0["Action"] } == [["ecr:CreateRepository"], ["sns:Publish"]])
        #expect(statements.map { $0["Sid"] } == ["Change1", "Change2"])
    }

    @Test func probesThatParametersHoldNeedTheirPermissionsToo() {
        let counting = KindDeclaration(
            name: "traffic.share",
            role: .probe,
            summary: "counts",
            parameters: [.required("old", .mapping, "side")],
            effect: .readOnly,
            rollback: .notNeeded,
            source: "",
            example: ""
        )
        var metric = counting
        metric.name = "cloudwatch.metric"
        metric.parameters = [.required("name", .string, "Name")]
        metric.permissions = [
            Permission(["cloudwatch:GetMetricData"], on: "arn:aws:cloudwatch:*:*:${name}", mutates: false)
        ]
        let side: (String) -> Value = { ["probe": "cloudwatch.metric", "with": ["name": .string($0)], "count": ".n"] }
        let share = ProbeCall(kind: "traffic.share", parameters: ["old": side("a")])
        var step = PlanStep(
            id: StepID("s"),
            phase: PhaseID("p"),
            title: LocalizedText("s"),
            work: .probe(share),
            rollback: .action(
                ActionCall(kind: "traffic.share", parameters: ["left": [side("b")]], effect: .reconcilable)
            )
        )
        step.watch = [ProbeCall(kind: "traffic.share", parameters: ["old": ["with": side("c")]])]
        step.returnCostProbes = [ProbeCall(kind: "cloudwatch.metric", parameters: ["name": "d"])]
        let plan = Plan(runbook: "r", environment: "e", title: LocalizedText("r"), phases: [], steps: [step])
        let policy = RunbookPolicy(of: plan, kinds: KindTable([counting, metric]))
        #expect(
            resources("cloudwatch:GetMetricData", policy)
                == ["a", "b", "c", "d"].map { "arn:aws:cloudwatch:*:*:\($0)" }
        )
    }
}
