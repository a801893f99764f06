import MigrateCore

extension Chronicle {
    /// Two phases with every kind of work, and a shift of traffic in the second.
    public static var plan: Plan {
        var steps = preparation + cutover
        for index in steps.indices.dropFirst() where steps[index].needs.isEmpty {
            steps[index].needs = [steps[index - 1].id]
        }
        return Plan(
            runbook: "lgtm-fargate",
            environment: "prod",
            title: LocalizedText(texts: ["en": "Move", "ko": "이전"]),
            phases: [
                PlanPhase(id: PhaseID("phase-1"), title: LocalizedText("{Preparation}"), planned: .seconds(86_400)),
                PlanPhase(
                    id: PhaseID("phase-2"),
                    title: LocalizedText(texts: ["en": "Cutover", "ko": "전환"]),
                    requirement: .init(rollbackReady: true, verifiedWithin: .seconds(1800))
                ),
            ],
            steps: steps,
            approvals: [ApprovalPolicy(name: "cutover", minimum: 2, excludesInitiator: true, expires: .seconds(3600))],
            variables: ["tasks": 3, "weights": [1, 10.5, 100]]
        )
    }

    private static var preparation: [PlanStep] {
        var bucket = step("bucket", "phase-1", .probe(ProbeCall(kind: "s3.bucket", parameters: ["name": "lgtm"])))
        bucket.capture = ["bucket": ".name"]
        bucket.title = LocalizedText(texts: ["en": "Bucket \"lgtm\"", "ko": "버킷"])
        var role = action("role", "phase-1")
        role.verify = [ProbeCall(kind: "iam.allows", parameters: [:])]
        var optional = step("optional", "phase-1", .probe(ProbeCall(kind: "http", parameters: [:])))
        optional.when = ".wanted"
        return [
            bucket, role, action("repository[mimir]", "phase-1"), optional,
            step("call", "phase-1", .manual(text: LocalizedText("Call them"))),
            action("image", "phase-1", rollback: .keep),
        ]
    }

    private static var cutover: [PlanStep] {
        var convert = action("shift/convert", "phase-2")
        convert.traffic = .home
        var first = action("shift/w10", "phase-2")
        first.traffic = .away
        var soak = step("shift/soak-w10", "phase-2", .soak("5m"))
        soak.watch = [ProbeCall(kind: "cloudwatch.alarms_ok", parameters: ["names": ["5xx"]])]
        soak.onFailure = .backOut
        var last = action("shift/w100", "phase-2")
        last.traffic = .away
        let parts = [convert, first, soak, last].map { part in
            var part = part
            part.composite = StepID("shift")
            return part
        }
        return [step("approve", "phase-2", .confirm(approval: "cutover"))] + parts
            + [action("notice", "phase-2", rollback: .none(reason: "a notice cannot be unsaid"))]
    }

    private static func step(_ id: String, _ phase: String, _ work: PlanStep.Work) -> PlanStep {
        PlanStep(id: StepID(id), phase: PhaseID(phase), title: LocalizedText(id), work: work)
    }

    private static func action(_ id: String, _ phase: String, rollback: RollbackPlan = .captured) -> PlanStep {
        var action = step(
            id,
            phase,
            .action(ActionCall(kind: "thing", parameters: ["name": .string(id)], effect: .reconcilable))
        )
        action.rollback = rollback
        return action
    }

    /// Lives through a night: failures, doubt, a back-out, a kill, and the way back.
    ///
    /// Throws: what the machine, the journal and `afterAppend` throw.
    public mutating func liveThroughTheNight() throws {
        try goForward()
        try goThroughTheCutover()
        try goBack()
    }

    private mutating func goForward() throws {
        try session { effect in
            if case .probe = effect { .answer(.probe(ProbeAnswer(.fail("no such bucket")))) } else { .well }
        }
        try session { effect in
            switch effect {
            case .perform(let attempt) where attempt.step == StepID("role"):
                .answer(.performed(.unknown(Problem("no answer"))))
            case .reconcile: .answer(.reconciled(.unclear(Problem("neither", hint: "look"), found: ["made": "half"])))
            case .condition: .answer(.condition(.fail("not wanted")))
            default: .well
            }
        }
        try ask(.resolve(StepID("role"), applied: true, reason: "seen in the console"))
        try session { effect in
            switch effect {
            case .condition: .answer(.condition(.fail("not wanted")))
            case .prepare(let attempt) where attempt.step == StepID("repository[mimir]"):
                .answer(.prepared(.alreadySatisfied("it is there", captures: ["arn": "arn:old"])))
            default: .well
            }
        }
        try ask(.done(StepID("call"), comment: "they know"))
    }

    private mutating func goThroughTheCutover() throws {
        try goOn()
        try ask(.yes())
        try ask(.yes("again"))
        try ask(.yes("go"), by: "park")
        try goOn { effect in
            if case .soak = effect { .answer(.breached("5xx above 1 %")) } else { .well }
        }
        let stale = StepReadiness(step: StepID("role"), readiness: .stale("changed since"))
        try session { effect in
            if case .requirement(_, after: nil) = effect {
                .answer(.requirement(GateFinding(unready: [stale])))
            } else {
                .well
            }
        }
        try session()
        try ask(.yes())
        try ask(.yes(), by: "park")
        try goOn { effect in
            if case .perform(let attempt) = effect, attempt.step == StepID("notice") { .silence } else { .well }
        }
        try crash()
        try session()
        try ask(.resolve(StepID("notice"), applied: false, reason: "nobody got it"))
        try session { effect in
            if case .perform = effect {
                .answer(.performed(.notApplied(Problem("refused"), isTransient: false)))
            } else {
                .well
            }
        }
        try ask(.skip(StepID("notice"), reason: "not exercised: no mail here"))
        try session()
    }

    private mutating func goBack() throws {
        let steps = try state.rollbackSteps(.all)
        try session(.rollback(steps, includeKept: false)) { effect in
            if case .prepare(let attempt) = effect, attempt.direction == .back {
                .answer(.returnPrepared(.conflict(expected: ["made": "x"], found: ["made": "by hand"])))
            } else {
                .well
            }
        }
        guard let stuck = state.plan.steps.first(where: { state.record(of: $0.id)?.word == "rollback_failed" }) else {
            return
        }
        try ask(.keepAsIs(stuck.id, reason: "their change stays"))
        try session(.rollback(try state.rollbackSteps(.all), includeKept: false))
    }
}

extension RunRequest.Act {
    fileprivate static func yes(_ comment: String? = nil) -> RunRequest.Act {
        .approve("cutover", comment: comment, digest: "d", principal: nil)
    }
}
