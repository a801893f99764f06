import MigrateCore

/// A run told event by event, so that reports show what a journal would hold.
struct Story {
    private(set) var state: RunState
    /// What was told, as a journal holds it.
    private(set) var entries: [JournalEntry] = []
    private var now = Timestamp(milliseconds: 1_800_000_000_000)

    /// Time of the latest event.
    var time: Timestamp { now }

    init(_ plan: Plan = .lgtm) {
        state = RunState(
            header: RunHeader(
                number: 3,
                plan: plan,
                digest: "d",
                source: "",
                initiator: "sungho",
                startedAt: now,
                toolVersion: "0.1.0"
            )
        )
    }

    mutating func pass(_ duration: Duration) { now = now + duration }

    mutating func tell(_ events: RunEvent...) {
        for event in events {
            let entry = JournalEntry(sequence: state.sequence + 1, at: now, event: event)
            entries.append(entry)
            state.apply(entry)
        }
    }

    mutating func begin(_ goal: RunGoal = .forward(from: nil, through: nil, only: nil), timeScale: Int = 1) {
        let session = Session(
            epoch: 1,
            holder: "sungho@bastion",
            operatorName: "sungho",
            goal: goal,
            timeScale: timeScale
        )
        tell(.run(.sessionStarted(session)))
    }

    mutating func end(_ end: SessionEnd) { tell(.run(.sessionEnded(end))) }

    mutating func start(_ id: String) { tell(.step(StepID(id), .started(attempt: 1))) }

    mutating func probe(_ id: String, _ summary: String) {
        start(id)
        pass(.seconds(2))
        tell(.step(StepID(id), .probed(summary: summary, captures: [:])), .step(StepID(id), .succeeded))
    }

    /// Starts `id` and sends its change, without an answer.
    mutating func send(_ id: String, from: Value = .null, to: Value = ["name": "x"], _ summary: String) {
        start(id)
        let change = Change(
            kind: "ecr.repository",
            parameters: [:],
            from: from,
            to: to,
            token: "t0ken",
            effect: .reconcilable,
            summary: summary
        )
        tell(.change(attempt(id), .intended(change, epoch: 1)))
    }

    mutating func make(_ id: String, from: Value = .null, to: Value = ["name": "x"], _ summary: String) {
        send(id, from: from, to: to, summary)
        pass(.seconds(3))
        tell(
            .change(attempt(id), .applied(receipt: ["request": "r-1"])),
            .change(attempt(id), .settled(after: to, summary: summary, captures: ["arn": "arn:aws:x"]))
        )
    }

    mutating func fail(_ id: String, _ message: String, hint: String? = nil) {
        start(id)
        pass(.seconds(5))
        tell(.step(StepID(id), .failed(StepFailure(.failed, Problem(message, hint: hint)))))
    }

    func attempt(_ id: String) -> Attempt { Attempt(step: StepID(id), direction: .forward, number: 1) }

    /// The run as a screen gets it, `later` after the latest event.
    func snapshot(isHeld: Bool = false, isHolderAlive: Bool = true) -> RunSnapshot {
        RunSnapshot(state: state, holder: isHeld ? holder : nil, isHolderAlive: isHolderAlive)
    }

    private var holder: LeaseRecord {
        LeaseRecord(
            epoch: 1,
            user: "sungho",
            host: "bastion",
            process: 4711,
            processStart: "1",
            operation: "run",
            acquiredAt: state.header.startedAt,
            renewedAt: now
        )
    }
}

extension Plan {
    /// A small cutover: two phases, a loop, an approval, and everything that a report treats differently.
    static var lgtm: Plan {
        let first = PhaseID("phase-1")
        let second = PhaseID("phase-5")
        var shift = [
            step("shift/convert", second, "Convert the record", .action("route53.record"), rollback: .captured),
            step("shift/w10", second, "10 %", .action("route53.record"), rollback: .captured),
            step("shift/soak-w10", second, "Watch 10 %", .soak("5m")),
        ]
        shift[0].traffic = .home
        shift[1].traffic = .away
        for index in shift.indices { shift[index].composite = StepID("shift") }
        return Plan(
            runbook: "lgtm-fargate",
            environment: "prod",
            title: LocalizedText(texts: [
                "en": "LGTM stack from EC2 to ECS Fargate", "ko": "LGTM 스택 EC2 → ECS Fargate 마이그레이션",
            ]),
            phases: [
                PlanPhase(
                    id: first,
                    title: LocalizedText(texts: ["en": "Preparation", "ko": "준비"]),
                    planned: .seconds(86_400)
                ),
                PlanPhase(
                    id: second,
                    title: LocalizedText(texts: ["en": "Traffic switch", "ko": "트래픽 전환"]),
                    planned: .seconds(60)
                ),
            ],
            steps: [
                step("network", first, "VPC and subnets", .probe("ec2.network")),
                step("repositories[mimir]", first, "Repository", .action("ecr.repository"), rollback: .captured),
                step("repositories[loki]", first, "Repository", .action("ecr.repository"), rollback: .captured),
                step("backup", first, "Image of the old side", .action("ec2.image"), rollback: .keep),
                step("approve", second, "Go", .confirm("cutover")),
            ] + shift,
            approvals: [ApprovalPolicy(name: "cutover")]
        )
    }

    private enum Short {
        case probe(String)
        case action(String)
        case confirm(String)
        case soak(String)
    }

    private static func step(
        _ id: String,
        _ phase: PhaseID,
        _ title: String,
        _ short: Short,
        rollback: RollbackPlan = .notNeeded
    ) -> PlanStep {
        let work: PlanStep.Work =
            switch short {
            case .probe(let kind): .probe(ProbeCall(kind: kind, parameters: ["vpc": "vpc-1"]))
            case .action(let kind):
                .action(ActionCall(kind: kind, parameters: ["name": "lgtm/mimir"], effect: .reconcilable))
            case .confirm(let approval): .confirm(approval: approval)
            case .soak(let length): .soak(length)
            }
        return PlanStep(id: StepID(id), phase: phase, title: LocalizedText(title), work: work, rollback: rollback)
    }
}
