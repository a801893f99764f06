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

    private func policy(_ parameters: [Value], _ place: RunbookPolicy.Place = .init()) -> RunbookPolicy {
        let steps = parameters.enumerated().map { index, given in
            PlanStep(
                id: StepID("s\(index)"),
                phase: PhaseID("p"),
                title: LocalizedText("s"),
                work: .action(ActionCall(kind: "ecr.repository", parameters: given, effect: .reconcilable))
            )
        }
        let plan = Plan(runbook: "r", environment: "e", title: LocalizedText("r"), phases: [], steps: steps)
        return RunbookPolicy(of: plan, kinds: KindTable([Self.repository]), place: place)
    }

    private func resources(_ action: String, _ policy: RunbookPolicy) -> [String]? {
        RunbookPolicy.Part.allCases.flatMap { policy.needs($0) }.first { $0.action == action }?.resources
    }

    @Test func lookingAndChangingAreApart() {
        let policy = policy([["name": "lgtm/mimir"]])
        #expect(policy.needs(.read).map(\.action) == ["ecr:DescribeRepositories", "iam:SimulatePrincipalPolicy"])
        #expect(policy.needs(.change).map(\.action) == ["ecr:CreateRepository", "sns:Publish"])
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

    @Test func actionsOnTheSameResourcesShareAStatement() {
        let statements = policy([["name": "a"]]).document(.change)["Statement"].array ?? []
        #expect(statements.map { $0["Action"] } == [["ecr:CreateRepository"], ["sns:Publish"]])
        #expect(statements.map { $0["Sid"] } == ["Change1", "Change2"])
    }
}
