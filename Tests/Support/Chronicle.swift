import MigrateCore

/// A run that is carried out by hand and written into a real journal, one append for each input.
public struct Chronicle {
    /// Machine at work.
    public private(set) var machine: RunMachine
    private let journal: any RunJournal
    private let afterAppend: (RunState) throws -> Void
    private var lease: Lease
    private var now = Timestamp(milliseconds: 1_768_305_600_000)

    /// Begins a run of `plan` in `journal`; `afterAppend` is called with the state after each append.
    ///
    /// Throws: what the journal and `afterAppend` throw.
    public init(
        _ plan: Plan,
        digest: String = "",
        in journal: any RunJournal,
        afterAppend: @escaping (RunState) throws -> Void = { _ in }
    ) throws {
        self.journal = journal
        self.afterAppend = afterAppend
        lease = try Self.takeLease(of: journal, at: now)
        let header = RunHeader(
            number: 0,
            plan: plan,
            digest: digest,
            source: "migrate: 1\nrunbook: \(plan.runbook)\n",
            initiator: "kim",
            startedAt: now,
            toolVersion: "0.1.0"
        )
        machine = RunMachine(state: RunState(header: try journal.begin(header, under: lease)))
        try afterAppend(machine.state)
    }

    /// Goes on with the latest run of `journal`.
    ///
    /// Throws: what the journal throws.
    public init(goingOnIn journal: any RunJournal) throws {
        self.journal = journal
        afterAppend = { _ in }
        lease = try Self.takeLease(of: journal, at: now)
        guard let header = try journal.latestRun() else { throw NoSuchRun(number: 1) }
        machine = RunMachine(state: .replay(header, entries: try journal.events(of: header.number)))
    }

    private static func takeLease(of journal: any RunJournal, at now: Timestamp) throws -> Lease {
        let claim = LeaseClaim(
            user: "kim",
            host: "bastion",
            process: 4711,
            processStart: "9000",
            operation: "run",
            at: now,
            isDead: { _ in true }
        )
        return try journal.acquireLease(claim, takesOver: false)
    }

    /// State as it is.
    public var state: RunState { machine.state }

    /// Opens a session, and answers its effects until it ends or nobody answers any more.
    ///
    /// `script` answers what it cares for; everything else goes well. Its `.silence` leaves an effect without answer.
    /// Throws: what the machine, the journal and `afterAppend` throw.
    public mutating func session(
        _ goal: RunGoal = .forward(from: nil, through: nil, only: nil),
        script: (RunEffect) -> Reply = { _ in .well }
    ) throws {
        try take(
            .begin(
                Session(
                    epoch: lease.epoch,
                    holder: "kim@bastion 4711",
                    operatorName: "kim",
                    goal: goal,
                    timeScale: 60,
                    toolVersion: "0.1.0"
                )
            )
        )
        try goOn(script)
    }

    /// Answers effects until the session ends or nobody answers any more.
    ///
    /// Throws: what the machine, the journal and `afterAppend` throw.
    public mutating func goOn(_ script: (RunEffect) -> Reply = { _ in .well }) throws {
        while machine.state.session != nil {
            let before = machine.state.sequence
            for effect in machine.effects where machine.state.sequence == before {
                // Why an answer may lead to nothing: some things are looked at for as long as people are waited for.
                switch script(effect) {
                case .silence: continue
                case .answer(let answer): try take(.answered(effect, answer))
                case .well:
                    guard let answer = Self.goodAnswer(to: effect, in: machine.state) else { continue }
                    try take(.answered(effect, answer))
                }
            }
            if machine.state.sequence == before { guard try waitForNextCheck() else { return } }
        }
    }

    /// Lets time go by until the requirement of a phase is checked again, where nothing else is under way.
    private mutating func waitForNextCheck() throws -> Bool {
        guard machine.effects.count == 1, case .requirement(_, let after?) = machine.effects[0] else { return false }
        now = max(now, after)
        try take(.answered(machine.effects[0], .requirement(GateFinding())))
        return true
    }

    /// What comes of an effect.
    public enum Reply {
        /// What is hoped for.
        case well
        /// This.
        case answer(EffectAnswer)
        /// Nothing.
        case silence
    }

    /// Another process asks for `act`, and the holder takes it in.
    ///
    /// Throws: what the machine and the journal throw.
    public mutating func ask(_ act: RunRequest.Act, by: String = "lee") throws {
        try take(.request(try journal.insert(act, by: by, at: now)))
    }

    /// Goes over to `plan`, whose digests are given.
    ///
    /// Throws: what the machine and the journal throw.
    public mutating func revise(to plan: Plan, digest: String, source: String, sourceDigest: String) throws {
        var definition = RunDefinition(revision: 0, plan: plan, digest: digest, source: source)
        let events = try machine.revise(to: &definition, sourceDigest: sourceDigest, by: "lee", at: now)
        try journal.revise(
            definition,
            events: events,
            leaving: RunLines(of: machine.state),
            of: machine.state.header.number,
            under: lease
        )
        _ = machine.takeStanding()
        try afterAppend(machine.state)
    }

    /// Somebody presses Ctrl-C.
    ///
    /// Throws: what the journal throws.
    public mutating func stop() throws { try take(.stop) }

    /// Loses everything but the journal, as a process does that is killed; the next one takes the lease.
    ///
    /// Throws: what the journal throws.
    public mutating func crash() throws {
        guard let header = try journal.latestRun() else { return }
        lease = try Self.takeLease(of: journal, at: now)
        machine = RunMachine(state: .replay(header, entries: try journal.events(of: header.number)))
    }

    private mutating func take(_ input: RunInput) throws {
        now = now + .milliseconds(1500)
        let entries = try machine.take(input, at: now)
        guard let first = entries.first else { return }
        var evidence: [StepEvidence] = []
        if case .answered(let effect, _) = input, let step = entries.lazy.compactMap(\.event.step).first {
            evidence = [Self.evidence(of: step, "\(effect)", at: first.sequence, now)]
        }
        try journal.append(
            entries,
            evidence: evidence,
            standing: machine.takeStanding(),
            to: machine.state.header.number,
            under: lease
        )
        try afterAppend(machine.state)
    }

    private static func evidence(of step: StepID, _ effect: String, at sequence: Int, _ now: Timestamp) -> StepEvidence
    {
        StepEvidence(
            step: step,
            stage: "perform",
            sequence: sequence,
            evidence: Evidence(
                subject: String(effect.prefix(60)),
                summary: "200",
                requestIDs: ["r-\(sequence)"],
                at: now
            )
        )
    }

    private static func goodAnswer(to effect: RunEffect, in state: RunState) -> EffectAnswer? {
        switch effect {
        case .condition: .condition(.pass("holds"))
        case .probe(let id, _): .probe(ProbeAnswer(.pass("\(id) is there"), captures: ["name": .string(id.rawValue)]))
        case .verify: .probe(ProbeAnswer(.pass("as it should be")))
        case .soak: .soaked
        case .deadline, .watch, .phaseDeadline: nil
        case .prepare(let attempt):
            switch attempt.direction {
            case .forward:
                .prepared(.change(change(of: attempt, from: .null, to: ["made": .string("\(attempt.step)")])))
            case .back, .home: .returnPrepared(.change(change(of: attempt, from: ["made": "x"], to: .null)))
            }
        case .perform: .performed(.applied(receipt: ["request": "r-1"]))
        case .reconcile: .reconciled(.applied(receipt: .null))
        case .settle(let attempt):
            .settled(
                .settled(after: ["made": .string("\(attempt.step)")], captures: ["arn": .string("arn:\(attempt.step)")])
            )
        case .survey: .surveyed(ApprovalSubject(steps: [], digest: "d"))
        case .requirement(_, let after): after == nil ? .requirement(GateFinding()) : nil
        }
    }

    private static func change(of attempt: Attempt, from: Value, to: Value) -> Change {
        Change(
            kind: "thing",
            parameters: ["name": .string(attempt.step.rawValue)],
            from: from,
            to: to,
            token: "t-\(attempt.number)",
            effect: attempt.step.rawValue == "notice" ? .nonIdempotent : .reconcilable,
            summary: "\(attempt.direction) \(attempt.step)"
        )
    }
}
