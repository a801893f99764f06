import Journal
import MigrateCore

/// What both sides write: a change's intent, its answer and its end, about 600 bytes each, in one commit.
struct Workload {
    static let commits = 1500
    static let eventsPerCommit = 3
    static let noon = Timestamp(milliseconds: 1_768_305_600_000)

    /// Entries of commit `number`, counted from 0.
    static func entries(of number: Int) -> [JournalEntry] {
        let step = StepID("services[component-\(number % 40)]/deploy")
        let attempt = Attempt(step: step, direction: .forward, number: 1)
        let image: Value = [
            "cluster": "lgtm-prod", "desired": 3,
            "taskDefinition": "arn:aws:ecs:eu-west-1:123456789012:task-definition/mimir:41",
            "subnets": ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
            "securityGroups": ["sg-0a1b2c3d4e5f60718"],
        ]
        let change = Change(
            kind: "ecs.service",
            parameters: ["name": "mimir"],
            from: .null,
            to: image,
            token: "4f2a-\(number)",
            effect: .token,
            summary: "create service mimir"
        )
        let note = String(repeating: "desired 3, running 2, pending 1; ", count: 12)
        let facts: [ChangeFact] = [
            .intended(change, epoch: 1),
            .applied(receipt: [
                "request": .string("req-\(number)"), "events": [.string(note), .integer(Int64(number))],
            ]),
            .settled(after: image, summary: note, captures: ["service": "mimir"]),
        ]
        return facts.enumerated().map { index, fact in
            JournalEntry(
                sequence: number * eventsPerCommit + index + 1,
                at: noon + .milliseconds(Int64(number)),
                event: .change(attempt, fact)
            )
        }
    }

    static let header = RunHeader(
        number: 0,
        plan: Plan(runbook: "bench", environment: "none", title: LocalizedText("Bench"), phases: [], steps: []),
        digest: "",
        source: "",
        initiator: "bench",
        startedAt: noon,
        toolVersion: "bench"
    )

    /// What is written beside each commit: the run's line and that of one step.
    static let standing: Standing = {
        var state = RunState(header: header)
        return state.takeStanding()
    }()

    /// New journal at `path` with a begun run.
    static func open(_ path: String) throws -> (journal: SQLiteJournal, lease: Lease) {
        let journal = try SQLiteJournal.open(
            path: path,
            wanted: JournalIdentity(runbook: "bench", environment: "none"),
            mode: .readWrite(create: true)
        )
        let claim = LeaseClaim(
            user: "bench",
            host: "here",
            process: 1,
            processStart: "0",
            operation: "bench",
            at: noon,
            isDead: { _ in true }
        )
        let lease = try journal.acquireLease(claim, takesOver: false)
        _ = try journal.begin(header, under: lease)
        return (journal, lease)
    }
}
