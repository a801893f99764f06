import Journal
import MigrateCore

/// Values that many tests write and expect back.
enum Samples {
    static let identity = JournalIdentity(runbook: "lgtm-fargate", environment: "prod")
    static let noon = Timestamp(milliseconds: 1_768_305_600_000)
    static let bucket = StepID("bucket")

    static let header = RunHeader(
        number: 0,
        plan: Plan(
            runbook: "lgtm-fargate",
            environment: "prod",
            title: LocalizedText(texts: ["en": "Move", "ko": "이전"]),
            phases: [PlanPhase(id: PhaseID("phase-1"), title: LocalizedText("Preparation"), planned: .seconds(60))],
            steps: [
                PlanStep(
                    id: bucket,
                    phase: PhaseID("phase-1"),
                    title: LocalizedText("Bucket"),
                    work: .probe(ProbeCall(kind: "s3.bucket", parameters: ["name": "lgtm"]))
                )
            ],
            variables: ["tasks": 3, "weights": [1, 10.5, 100]]
        ),
        digest: String(repeating: "ab", count: 32),
        source: "migrate: 1\nrunbook: lgtm-fargate\n",
        initiator: "kim",
        startedAt: noon,
        toolVersion: "1.0.0"
    )

    static let attempt = Attempt(step: bucket, direction: .forward, number: 1)

    static let change = Change(
        kind: "route53.record",
        parameters: ["name": "grafana.example.com"],
        from: .null,
        to: ["ttl": 60, "values": ["192.0.2.1", "한글 \"quoted\" \\ \u{1}\u{1F680}"]],
        token: "4f2a",
        effect: .reconcilable,
        summary: "create grafana.example.com"
    )

    /// One event of each shape that bodies have: bare, with texts, with times, with values, with absent members.
    static let events: [RunEvent] = [
        .run(
            .sessionStarted(
                Session(
                    epoch: 1,
                    holder: "kim@bastion 4711",
                    operatorName: "kim",
                    goal: .forward(from: nil, through: PhaseID("phase-1"), only: nil)
                )
            )
        ),
        .step(bucket, .started(attempt: 1)),
        .step(bucket, .conditionHeld),
        .change(attempt, .intended(change, epoch: 1)),
        .change(attempt, .applied(receipt: ["id": "C1", "at": 1.5])),
        .change(attempt, .settled(after: change.to, summary: "INSYNC", captures: ["zone": "Z1"])),
        .step(bucket, .soakStarted(until: noon + .seconds(300))),
        .step(bucket, .skipped(reason: "not wanted", by: nil)),
        .run(
            .requestTaken(
                RunRequest(
                    id: 1,
                    act: .approve("cutover", comment: nil, digest: nil, principal: nil),
                    by: "lee",
                    at: noon
                )
            )
        ),
        .change(attempt, .inDoubt(Problem("no answer", hint: "look"))),
        .run(.requirementChecked(PhaseID("phase-1"), problem: nil)),
        .run(.sessionEnded(.paused(.inDoubt(bucket)))),
    ]

    /// `events` with places, the first of them `first`.
    static func entries(from first: Int = 1, _ events: [RunEvent] = events) -> [JournalEntry] {
        events.enumerated().map { index, event in
            JournalEntry(sequence: first + index, at: noon + .milliseconds(Int64(index)), event: event)
        }
    }

    static func evidence(_ subject: String, step: StepID? = bucket, at sequence: Int) -> StepEvidence {
        StepEvidence(
            step: step,
            stage: "probe",
            sequence: sequence,
            evidence: Evidence(
                subject: subject,
                summary: "200, database ok",
                facts: ["status": 200],
                requestIDs: ["r-1"],
                at: noon,
                took: .milliseconds(12)
            )
        )
    }

    static func claim(
        host: String = "bastion",
        process: Int32 = 100,
        at: Timestamp = noon,
        isDead: @escaping @Sendable (LeaseRecord) -> Bool = { _ in false }
    ) -> LeaseClaim {
        LeaseClaim(
            user: "kim",
            host: host,
            process: process,
            processStart: "9000",
            operation: "run phase-1",
            at: at,
            isDead: isDead
        )
    }
}
