import MigrateCore

/// A run driven by hand: answers go in, effects come out, and every state is checked against its replay.
struct Night {
    private(set) var machine: RunMachine
    private(set) var journal: [JournalEntry] = []
    private(set) var lastFacts = ""
    private var epoch = 0
    var now = Timestamp(milliseconds: 1_000)

    var state: RunState { machine.state }
    var effects: [RunEffect] { machine.effects }

    init(
        _ steps: [PlanStep],
        approvals: [ApprovalPolicy] = [],
        phases declared: [PlanPhase] = [],
        notices: [PlanNotice]? = nil
    ) {
        var phases = declared
        for step in steps where !phases.contains(where: { $0.id == step.phase }) {
            phases.append(PlanPhase(id: step.phase, title: LocalizedText(step.phase.rawValue)))
        }
        var plan = Plan(
            runbook: "test",
            environment: "none",
            title: LocalizedText("Test"),
            phases: phases,
            steps: steps,
            approvals: approvals
        )
        plan.notices = notices
        let header = RunHeader(
            number: 1,
            plan: plan,
            digest: "d",
            source: "",
            initiator: "initiator",
            startedAt: Timestamp(milliseconds: 0),
            toolVersion: "0"
        )
        machine = RunMachine(state: RunState(header: header))
    }

    /// Convert, 10 %, a soak with a watch, 100 %: the shape of a traffic shift.
    static func shift(
        parts count: Int = 4,
        after earlier: [PlanStep] = [],
        beside others: [PlanStep] = [],
        notices: [PlanNotice]? = nil
    ) -> Night {
        var convert = PlanStep.action("shift/convert", needs: earlier.map(\.id))
        convert.traffic = .home
        var first = PlanStep.action("shift/w10", needs: ["shift/convert"])
        first.traffic = .away
        var soak = PlanStep.soak("shift/soak-w10", "5m", needs: ["shift/w10"])
        soak.watch = [ProbeCall(kind: "watch", parameters: [:])]
        var last = PlanStep.action("shift/w100", needs: ["shift/soak-w10"])
        last.traffic = .away
        return Night(
            earlier + others
                + [convert, first, soak, last].prefix(count).map {
                    var part = $0
                    part.composite = "shift"
                    return part
                },
            notices: notices
        )
    }

    /// How the run stands, as an append would take it.
    mutating func takeStanding() -> Standing { machine.takeStanding() }

    /// Has somebody ask for something.
    mutating func ask(_ act: RunRequest.Act, by: String = "op") throws(RunRefusal) {
        try take(.request(RunRequest(id: state.lastRequest + 1, act: act, by: by, at: now)))
    }

    mutating func take(_ input: RunInput) throws(RunRefusal) {
        let entries = try machine.take(input, at: now)
        journal += entries
        lastFacts = entries.map { "\($0.event)" }.joined(separator: "\n")
        precondition(entries.map(\.sequence) == Array(journal.count - entries.count + 1..<journal.count + 1))
        let replayed = RunMachine(state: .replay(state.header, entries: journal))
        precondition(replayed.effects == effects, "\(replayed.effects) after a replay, \(effects) before it")
        precondition(replayed.state.records == state.records, "records differ after a replay")
    }

    mutating func answer(_ effect: RunEffect, _ answer: EffectAnswer) throws {
        precondition(effects.contains(effect), "\(effect) is not asked for; \(effects) are")
        try take(.answered(effect, answer))
    }

    mutating func begin(
        _ goal: RunGoal = .forward(from: nil, through: nil, only: nil),
        parallel: Int = 8,
        isStepByStep: Bool = false,
        timeScale: Int = 1,
        requests: [RunRequest.Act] = []
    ) throws(RunRefusal) {
        epoch += 1
        let session = Session(
            epoch: epoch,
            holder: "h",
            operatorName: "op",
            goal: goal,
            parallel: parallel,
            isStepByStep: isStepByStep,
            timeScale: timeScale
        )
        // Why before: with the goal `answer` the session ends as soon as nothing is left to take in.
        if requests.isEmpty { return try take(.begin(session)) }
        for (index, act) in requests.enumerated() {
            try take(.request(RunRequest(id: state.lastRequest + 1 + index, act: act, by: "op", at: now)))
        }
        try take(.begin(session))
    }

    /// Loses everything but the journal, and begins again.
    mutating func crashAndBegin() throws(RunRefusal) {
        try dieAndBegin(.forward(from: nil, through: nil, only: nil))
    }

    /// Loses everything but the journal, and begins with another goal.
    mutating func dieAndBegin(_ goal: RunGoal, isStepByStep: Bool = false) throws(RunRefusal) {
        machine = RunMachine(state: .replay(state.header, entries: journal))
        try begin(goal, isStepByStep: isStepByStep)
    }

    func attempt(_ id: StepID) -> Attempt { Attempt(step: id, direction: .forward, number: 1) }

    mutating func make(_ id: StepID, effect: EffectClass = .reconcilable) throws {
        let number = state.record(of: id)?.attempts[.forward] ?? 1
        try finish(Attempt(step: id, direction: .forward, number: number), makes: "made \(id)", effect: effect)
    }

    mutating func undo(_ id: StepID) throws { try finish(Attempt(step: id, direction: .back, number: 1)) }

    mutating func soak(_ id: StepID) throws {
        try answer(.soak(id, attempt: 1, until: now + .seconds(300)), .soaked)
    }

    mutating func finish(
        _ attempt: Attempt,
        makes image: String = "before",
        effect: EffectClass = .reconcilable
    ) throws {
        let change = Change.making(attempt.step, effect: effect)
        try answer(
            .prepare(attempt),
            attempt.direction == .forward ? .prepared(.change(change)) : .returnPrepared(.change(change))
        )
        try answer(.perform(attempt), .performed(.applied(receipt: "receipt")))
        try answer(.settle(attempt), .settled(.settled(after: .string(image), captures: [:])))
    }
}

extension StepID: ExpressibleByStringLiteral {
    /// Makes an id.
    public init(stringLiteral value: String) { self.init(value) }
}

extension PhaseID: ExpressibleByStringLiteral {
    /// Makes an id.
    public init(stringLiteral value: String) { self.init(value) }
}

extension Change {
    static func making(_ id: StepID, effect: EffectClass = .reconcilable) -> Change {
        Change(
            kind: "thing",
            parameters: [:],
            from: .null,
            to: .string("made \(id)"),
            token: "t",
            effect: effect,
            summary: "make \(id)"
        )
    }
}

extension PlanStep {
    static func probe(_ id: StepID, needs: [StepID] = [], phase: PhaseID = "phase-1") -> PlanStep {
        PlanStep(
            id: id,
            phase: phase,
            title: LocalizedText(id.rawValue),
            work: .probe(ProbeCall(kind: "look", parameters: [:])),
            needs: needs
        )
    }

    static func action(
        _ id: StepID,
        effect: EffectClass = .reconcilable,
        needs: [StepID] = [],
        verify: Bool = false
    ) -> PlanStep {
        var step = PlanStep(
            id: id,
            phase: "phase-1",
            title: LocalizedText(id.rawValue),
            work: .action(ActionCall(kind: "thing", parameters: [:], effect: effect)),
            needs: needs,
            rollback: .captured
        )
        if verify { step.verify = [ProbeCall(kind: "look", parameters: [:])] }
        return step
    }

    /// Waits, and brings traffic home when a watch of it fails.
    static func soak(_ id: StepID, _ length: String, needs: [StepID] = []) -> PlanStep {
        PlanStep(
            id: id,
            phase: "phase-1",
            title: LocalizedText(id.rawValue),
            work: .soak(length),
            needs: needs,
            onFailure: .backOut
        )
    }

    static func confirm(_ id: StepID, _ approval: String) -> PlanStep {
        PlanStep(id: id, phase: "phase-1", title: LocalizedText(id.rawValue), work: .confirm(approval: approval))
    }
}
