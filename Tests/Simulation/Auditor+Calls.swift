import MigrateCore

/// Rules about calls: none without an intent, none under an old lease, none more often than its class allows.
extension Auditor {
    /// Notes that `process` looked at what `step` is about.
    func prepared(_ step: StepID, by process: SimulatedProcess) {
        moment += 1
        looks[Look(process: process.number, step: step)] = moment
    }

    /// The intent on record of a call that is about to be made; nil when there is none, which breaks a rule.
    func intent(of change: Change, for step: StepID) -> Intent? {
        let intent = open.values.first { $0.attempt.step == step && $0.change == change }
        demand(intent != nil, "a call of `\(step)` without an intent on record: \(change.summary)")
        return intent
    }

    /// Holds a program that was let go against the record.
    ///
    /// Why under any lease: whoever took over waits for the one on record.
    func letGo(_ program: SimulatedPrograms.Program, of programs: SimulatedPrograms) {
        let intent = program.intent
        let step = intent.attempt.step
        let onRecord = shadow.stage(of: intent.attempt)?.program
        story("\(program.record.folder) is let go for \(intent.attempt)")
        demand(onRecord == program.record, "a program of `\(step)` is let go, and is not on record")
        demand(programs.atWork(for: step) == 1, "two programs of `\(step)` are at work")
        intent.sends += 1
        intent.sentAt = scheduler.now
        demand(intent.sends == 1, "a second program is let go for one intent of `\(step)`")
    }

    /// Holds a call that is about to leave against the record; nil when it must not.
    func sent(_ change: Change, of step: StepID, by process: SimulatedProcess) -> Intent? {
        guard let intent = intent(of: change, for: step) else { return nil }
        demand(
            process.epoch == epoch,
            "a call of `\(step)` under lease \(process.epoch ?? 0), and \(epoch) has begun"
        )
        intent.sends += 1
        intent.sentAt = scheduler.now
        intent.awaitedBy.insert(process.number)
        demand(
            intent.sends == 1 || intent.change.effect.isHarmlessTwice,
            "`\(step)` is \(change.effect), and its call left \(intent.sends) times"
        )
        return intent
    }

    /// Notes that the service carried out a call.
    func executed(_ intent: Intent) {
        intent.executions += 1
        let step = intent.attempt.step
        story("the service carries out \(step) \(intent.attempt.direction) \(intent.attempt.number)")
        guard intent.change.effect == .nonIdempotent, intent.attempt.direction == .forward else { return }
        unrepeatable[step, default: 0] += 1
        demand(unrepeatable[step] == 1, "`\(step)` must never be repeated, and was carried out twice")
    }

    /// Holds an event of a change against what came before it.
    func judge(_ fact: ChangeFact, of attempt: Attempt, by process: SimulatedProcess) {
        let name = "\(attempt.step) \(attempt.direction) \(attempt.number)"
        switch fact {
        case .returnStarted: judgeReturn(attempt)
        case .intended(let change, let epoch): intend(change, attempt, epoch: epoch, by: process)
        case .programStarted: break
        case .applied:
            demand(open.removeValue(forKey: attempt) != nil, "\(name) was applied, and nothing was open")
        case .notApplied, .foundNotApplied:
            close(attempt, saying: "did not happen")
        case .outcomeUnknown:
            demand(open[attempt] != nil, "\(name) has an unknown outcome, and nothing was open")
            open[attempt]?.answered = nil
        case .settled: settle(attempt)
        case .inDoubt:
            let isLeft = shadow.record(of: attempt.step)?.isLeftAsIs == true
            demand(open[attempt] != nil || isLeft, "\(name) is in doubt, and nothing was open")
            // Why a return's does not stay open: the next one waits until the call can no longer be on its way, and looks.
            // What nobody can look for is a person's to resolve.
            if attempt.direction != .forward, open[attempt]?.change.effect != .nonIdempotent { open[attempt] = nil }
        case .resolved: open[attempt] = nil
        case .returnDelayed: demand(open[attempt] == nil, "\(name) is delayed, and its call had left")
        case .returnNotNeeded:
            demand(open[attempt] == nil, "\(name) was not needed, and its call had left")
            settle(attempt)
        case .returnFailed, .conflicted: open[attempt] = nil
        }
    }

    /// Holds what processes know against the record, at a moment at which all of them wait for something.
    func judgeOutcomes() {
        for intent in open.values {
            guard let process = intent.answered, !process.isDead, !process.isOver, !process.isStalled,
                process.epoch == epoch
            else { continue }
            let attempt = "\(intent.attempt.step) \(intent.attempt.direction) \(intent.attempt.number)"
            violated("the outcome of \(attempt) is known to #\(process.number), which waits, and is not on record")
        }
    }

    private func intend(_ change: Change, _ attempt: Attempt, epoch: Int, by process: SimulatedProcess) {
        demand(epoch == process.epoch, "\(attempt.step) is intended under lease \(epoch) by \(process.epoch ?? 0)")
        let others = open.keys.filter { $0.step == attempt.step && $0 != attempt }
        for other in others where other.direction == attempt.direction {
            violated("\(attempt.step) is intended while try \(other.number) has no outcome")
        }
        demand(open[attempt] == nil, "\(attempt.step) is intended twice in try \(attempt.number)")
        demand(shadow.stage(of: attempt) == .preparing, "\(attempt.step) is intended without a look before")
        let look = looks[Look(process: process.number, step: attempt.step)] ?? moment
        // Why the others go: a return that looked at the world answers for what a forward try left open.
        for other in others { open[other] = nil }
        let intent = Intent(attempt: attempt, change: change, epoch: epoch, preparedAt: look)
        open[attempt] = intent
        intents.append(intent)
        if attempt.direction == .forward {
            everIntended.insert(attempt.step)
            judgeApproval(of: change, by: attempt)
            judgeShare(of: change, by: attempt)
        }
    }

    private func close(_ attempt: Attempt, saying what: String) {
        guard let intent = open.removeValue(forKey: attempt) else {
            violated("\(attempt.step) \(what), and nothing was open")
            return
        }
        let isThere = intent.executions > 0 && image(intent.change.parameters["name"].interpolated) == intent.change.to
        demand(
            !isThere || intent.change.from == intent.change.to,
            "\(attempt.step) is said to have done nothing, and the service carried it out"
        )
    }

    private func settle(_ attempt: Attempt) {
        switch attempt.direction {
        case .forward: break
        case .back: forget(attempt.step)
        case .home:
            let composite = shadow.step(attempt.step)?.composite
            for part in shadow.plan.steps where part.composite == composite && part.traffic == .away {
                forget(part.id)
            }
        }
    }

    /// Notes that a person undid by hand what `step` made.
    func takenBack(_ step: StepID) {
        story("a person takes back what \(step) made")
        forget(step)
    }

    /// What is undone may be done again, and what was open about it no longer is.
    private func forget(_ step: StepID) {
        unrepeatable[step] = nil
        for attempt in open.keys where attempt.step == step { open[attempt] = nil }
    }
}

extension EffectClass {
    /// Whether a second call of the same intent does no harm; the auditor's own reading of the classes.
    var isHarmlessTwice: Bool {
        switch self {
        case .token, .convergent, .readOnly: true
        case .reconcilable, .nonIdempotent: false
        }
    }
}
