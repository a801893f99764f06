import MigrateCore

/// A plan with every shape that steps, phases, approvals and secrets take.
enum PlanSamples {
    static let plan = Plan(
        runbook: "lgtm-fargate",
        environment: "prod",
        title: LocalizedText(texts: ["en": "Move", "ko": "이전"]),
        phases: [
            PlanPhase(id: PhaseID("p1"), title: LocalizedText("One"), planned: .milliseconds(1500)),
            PlanPhase(
                id: PhaseID("p2"),
                title: LocalizedText("Two"),
                requirement: .init(rollbackReady: true, verifiedWithin: .microseconds(1500)),
                timeout: .seconds(7200)
            ),
        ],
        steps: [plain, full] + works.enumerated().map { step("w\($0)", $1) }
            + rollbacks.enumerated().map { index, rollback in
                var step = step("r\(index)", .soak("1s"))
                step.rollback = rollback
                return step
            },
        approvals: [
            ApprovalPolicy(name: "a"),
            ApprovalPolicy(
                name: "b",
                minimum: 2,
                excludesInitiator: true,
                expires: .seconds(60),
                approvers: ["kim", "lee"]
            ),
        ],
        secrets: [
            SecretDeclaration(name: "a", source: .environment(variable: "A")),
            SecretDeclaration(name: "b", source: .secretsManager(id: "i", key: nil)),
            SecretDeclaration(name: "c", source: .secretsManager(id: "i", key: "k")),
            SecretDeclaration(name: "d", source: .parameter(name: "/p")),
        ],
        variables: ["tasks": 3, "weights": [1, 10.5, 100], "nothing": .null]
    )

    private static func step(_ id: String, _ work: PlanStep.Work) -> PlanStep {
        PlanStep(id: StepID(id), phase: PhaseID("p1"), title: LocalizedText(id), work: work)
    }

    private static let plain = step("plain", .probe(ProbeCall(kind: "http", parameters: [:])))

    private static var full: PlanStep {
        let call = ProbeCall(
            kind: "http",
            parameters: ["url": "https://${host}/", "expect": ".status == 200"],
            retry: .waiting,
            isAdvisory: true
        )
        var step = PlanStep(
            id: StepID("shift/w10"),
            phase: PhaseID("p2"),
            title: LocalizedText(texts: [:]),
            work: .action(ActionCall(kind: "route53.record", parameters: ["ttl": 60], effect: .convergent)),
            needs: [StepID("plain"), StepID("w1")],
            timeout: .milliseconds(1),
            retry: RetryPolicy(attempts: 5, patience: .seconds(9), interval: .seconds(1), ceiling: .seconds(2)),
            onFailure: .backOut
        )
        step.why = LocalizedText("Because")
        step.when = ".wanted"
        step.verify = [call, call]
        step.watch = [call]
        step.isPointOfNoReturn = true
        step.returnCost = LocalizedText("An hour of data")
        step.returnCostProbes = [call]
        step.window = "Sat 01:00-05:00 Asia/Seoul"
        step.capture = ["zone": ".id", "arn": ".arn"]
        step.composite = StepID("shift")
        step.traffic = .away
        return step
    }

    private static let works: [PlanStep.Work] = [
        .confirm(approval: "a"), .manual(text: LocalizedText("Call them")), .soak("${soak}"),
    ]

    private static let rollbacks: [RollbackPlan] = [
        .notNeeded, .captured, .keep, .none(reason: "r"),
        .action(ActionCall(kind: "exec", parameters: ["command": ["true"]], effect: .nonIdempotent)),
    ]
}
