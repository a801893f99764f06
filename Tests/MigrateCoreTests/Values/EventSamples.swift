import MigrateCore

/// Every event in every shape; a new case is asked for by the compiler.
enum EventSamples {
    /// Kinds that make up nearly all of a long journal.
    static let frequent: Set<String> = [
        "step.started", "step.succeeded", "step.probed", "step.foundSatisfied", "step.skipped", "step.reset",
        "step.conditionHeld", "change.intended", "change.applied", "change.settled", "change.returnStarted",
    ]

    /// Kinds that are written straight as text, in whatever shape.
    static let written: Set<String> = [
        "step.started", "step.succeeded", "step.probed", "step.foundSatisfied", "change.intended", "change.applied",
        "change.settled",
    ]

    static var all: [RunEvent] {
        let attempt = Attempt(step: StepID("shift/w10"), direction: .home, number: 3)
        return chain(from: .started(attempt: 2), next).map { .step(StepID("bucket[\"a\"]"), $0) }
            + chain(from: .returnStarted, next).map { .change(attempt, $0) }
            + chain(from: .sessionEnded(.goalReached), next).map { .run($0) }
            + shapes
    }

    static let ends: [SessionEnd] = [
        .goalReached, .backedOut("why"), .rolledBack, .rollbackFailed(StepID("a")), .stopped, .answered,
        .paused(.byOperator("kim")), .paused(.failedStep(StepID("a"))), .paused(.inconclusive(StepID("a"))),
        .paused(.inDoubt(StepID("a"))), .paused(.conflict(StepID("a"))),
        .paused(.requirement(PhaseID("p"), "stale")), .paused(.drift(PhaseID("p"), "d")),
        .paused(.watch(StepID("a"), "w")), .paused(.phaseTimedOut(PhaseID("p"))),
        .paused(.approval(StepID("a"), "rejected")), .paused(.leaseLost),
    ]

    private static let noon = Timestamp(milliseconds: 1_768_305_600_000)
    private static let problem = Problem("no answer: \"x\"\n\u{1}", hint: "look\u{1F680}")
    private static let image: Value = [
        "a": .null, "b": [1, -2, 1.5, 1e300], "c": ["d": true, "é": "한글"], "e": [], "f": [:],
    ]
    private static let change = Change(
        kind: "route53.record",
        parameters: image,
        from: .null,
        to: image,
        token: "t",
        effect: .nonIdempotent,
        summary: "s"
    )

    private static func chain<Fact>(from first: Fact, _ next: @escaping (Fact) -> Fact?) -> [Fact] {
        Array(sequence(first: first, next: next))
    }

    private static func next(_ fact: StepFact) -> StepFact? {
        switch fact {
        case .started: .conditionHeld
        case .conditionHeld: .windowClosed(until: noon, reason: "r")
        case .windowClosed: .windowOpened(until: nil)
        case .windowOpened: .skipped(reason: "r", by: nil)
        case .skipped: .probed(summary: "s", captures: [:])
        case .probed: .foundSatisfied(summary: "s", captures: ["a": image])
        case .foundSatisfied: .soakStarted(until: noon)
        case .soakStarted: .approvalAsked(until: Timestamp(milliseconds: -1))
        case .approvalAsked: .surveyed(ApprovalSubject(steps: [], digest: "d"))
        case .surveyed: .approvalGiven(Approval(by: "lee", at: noon))
        case .approvalGiven: .approvalRevoked(by: "lee")
        case .approvalRevoked: .approvalsDropped(reason: "r")
        case .approvalsDropped: .personAsked
        case .personAsked: .succeeded
        case .succeeded: .failed(StepFailure(.timedOut, problem))
        case .failed: .stalled(problem)
        case .stalled: .reset(by: nil)
        case .reset: .canceled
        case .canceled: .drifted(problem)
        case .drifted: .driftCleared
        case .driftCleared: .rollbackSkipped(reason: "r", by: nil)
        case .rollbackSkipped: .kept
        case .kept: nil
        }
    }

    private static func next(_ fact: ChangeFact) -> ChangeFact? {
        switch fact {
        case .returnStarted: .intended(change, epoch: 4)
        case .intended: .programStarted(program)
        case .programStarted: .applied(receipt: .null)
        case .applied: .notApplied(problem)
        case .notApplied: .outcomeUnknown(problem)
        case .outcomeUnknown: .foundNotApplied
        case .foundNotApplied: .settled(after: image, summary: "s", captures: ["arn": "x"])
        case .settled: .inDoubt(Problem("m"))
        case .inDoubt: .resolved(applied: true, reason: "r", by: "b")
        case .resolved: .returnNotNeeded(summary: "s")
        case .returnNotNeeded: .returnDelayed(problem)
        case .returnDelayed: .returnFailed(problem)
        case .returnFailed: .conflicted(expected: .null, found: image, before: image, byHand: "aws")
        case .conflicted: nil
        }
    }

    private static func next(_ fact: RunFact) -> RunFact? {
        switch fact {
        case .sessionEnded: .sessionStarted(session(.answer))
        case .sessionStarted: .backOutStarted(reason: "r", by: nil)
        case .backOutStarted: .backOutEnded(isHome: true)
        case .backOutEnded: .halted(.stopped)
        case .halted: .resumed(by: "kim")
        case .resumed: .canceled(reason: "r", by: "kim")
        case .canceled: .requirementChecked(PhaseID("p"), problem: nil)
        case .requirementChecked: .requirementAccepted(PhaseID("p"), problem: "p", reason: "r", by: "kim")
        case .requirementAccepted: .phaseEnded(PhaseID("p"))
        case .phaseEnded: .revised(revision)
        case .revised: .requestTaken(request(.pause))
        case .requestTaken: .requestRefused(request(.backOut()), reason: "r")
        case .requestRefused: .noticeIntended(notice, text: "t")
        case .noticeIntended: .noticeEnded(notice, fate: .sent, head: "h")
        case .noticeEnded: nil
        }
    }

    private static let notice = NoticeID(
        "team",
        of: RunMoment(.paused, phase: PhaseID("p"), step: StepID("a"), reason: "failed_step", place: 4)
    )

    private static let program = ChildProgram(
        name: "terraform",
        process: 4711,
        processStart: "1@b",
        host: "h",
        folder: "/f",
        startedAt: noon,
        deadline: noon,
        grace: .seconds(30)
    )

    private static let revision = PlanRevision(
        of: RunDefinition(revision: 2, plan: PlanSamples.plan, digest: "d", source: "s"),
        sourceDigest: "s",
        by: "kim",
        comparison: PlanComparison(added: [StepID("a")], removed: [], changed: [])
    )

    private static func session(_ goal: RunGoal) -> Session {
        Session(epoch: 1, holder: "h", operatorName: "o", goal: goal, isStepByStep: true, timeScale: 60)
    }

    private static func request(_ act: RunRequest.Act) -> RunRequest {
        RunRequest(id: 7, act: act, by: "lee", at: noon)
    }

    private static let goals: [RunGoal] = [
        .forward(from: nil, through: nil, only: nil),
        .forward(from: PhaseID("p"), through: PhaseID("q"), only: StepID("a")),
        .rollback([], includeKept: false), .rollback([StepID("a"), StepID("b")], includeKept: true),
        .backOut(reason: "r"),
    ]

    private static let acts: [RunRequest.Act] = [
        .approve("a", comment: nil, digest: nil, principal: nil),
        .approve("a", comment: "c", digest: "d", principal: "p"), .revoke("a"), .resume, .cancel(reason: "r"),
        .accept(PhaseID("p"), reason: "r"), .reject("a", comment: nil),
        .reject("a", comment: "c"), .skip(StepID("a"), reason: "r"), .retry(StepID("a")),
        .keepAsIs(StepID("a"), reason: "r"), .resolve(StepID("a"), applied: false, reason: "r"),
        .done(StepID("a"), comment: nil), .done(StepID("a"), comment: "c"),
    ]

    /// What the chains leave out: members that may be absent, and cases of cases.
    private static var shapes: [RunEvent] {
        var programs = change
        programs.startsProgram = true
        let attempt = Attempt(step: StepID("a"), direction: .back, number: 1)
        let steps: [StepFact] = [
            .skipped(reason: "r", by: "b"), .reset(by: "b"), .rollbackSkipped(reason: "r", by: "b"),
            .windowOpened(until: noon), .failed(StepFailure(.inconclusive, Problem("m"))),
            .failed(StepFailure(.failed, problem)),
            .approvalGiven(Approval(by: "lee", at: noon, comment: "c")), .probed(summary: "", captures: ["": .null]),
        ]
        let runs: [RunFact] =
            ends.flatMap { [.sessionEnded($0), .halted($0)] } + goals.map { .sessionStarted(session($0)) }
            + acts.flatMap { [.requestTaken(request($0)), .requestRefused(request($0), reason: "r")] }
            + [.backOutStarted(reason: "r", by: "b"), .backOutStarted(reason: "r", by: "b", anchors: [StepID("a/b")])]
            + [.requirementChecked(PhaseID("p"), problem: "stale")]
            + [
                .noticeIntended(NoticeID("team", of: RunMoment(.done, place: 0)), text: ""),
                .noticeEnded(notice, fate: .refused(problem)), .noticeEnded(notice, fate: .unknown(problem), head: "h"),
            ]
        return steps.map { .step(StepID(""), $0) } + runs.map { .run($0) }
            + [.change(attempt, .intended(programs, epoch: 1))]
    }
}
