import MigrateCore

/// The one loop: it owns the machine, reads one inbox, writes the journal, and keeps the effects going.
///
/// decide → append (durable) → run effects → their outcome is the next input. What waits together is decided one by
/// one, and made durable by one append. What the next session would find again by looking may wait for the intent that
/// follows it, so that a step costs two commits: its intent and its outcome. The outcome of a convergent call waits for
/// looks that answer at once, and then shares the commit of the next intent.
public struct RunLoop: Sendable {
    let journal: any RunJournal
    let clock: any RunClock
    let executor: any StepExecutor
    let worker: EffectWorker
    let progress: OrderedProgress

    /// Makes a loop.
    ///
    /// - Parameters:
    ///   - journal: where events are made durable.
    ///   - executor: what does things to the world.
    ///   - clock: real time.
    ///   - digest: hash of a value's canonical text, in hexadecimal; approvals are bound to it.
    ///   - progress: told of events once they are durable, and of notes in their place among them; called on any task,
    ///     one at a time, and must not block.
    public init(
        journal: any RunJournal,
        executor: any StepExecutor,
        clock: any RunClock,
        digest: @escaping @Sendable (Value) -> String,
        progress: @escaping @Sendable (RunProgress) -> Void
    ) {
        self.journal = journal
        self.clock = clock
        self.progress = OrderedProgress(tell: progress)
        self.executor = executor
        worker = EffectWorker(executor: executor, clock: clock, digest: digest, progress: self.progress.add)
    }

    /// Carries `state` on under `lease` until its session ends, and returns where it got to.
    ///
    /// When `stop` is uttered, calls in flight are awaited for a while, and nothing new starts.
    /// Throws: `RunRefusal` before anything of the session was written; `StopOverdue`, `LeaseLost` and whatever the
    /// journal throws, in which case the calls in flight are abandoned, on record as intents without an outcome; programs
    /// at work are left to whoever goes on.
    public func run(
        _ state: RunState,
        session: Session,
        lease: Lease,
        stop: StopWish
    ) async throws -> RunState {
        let inbox = Inbox<Message>()
        defer { progress.drop() }
        return try await withThrowingDiscardingTaskGroup(returning: RunState.self) { group in
            defer { group.cancelAll() }
            addPulse(.renewal, every: LeaseRecord.renewal, to: &group, inbox)
            addPulse(.requests, every: Self.requestInterval, to: &group, inbox)
            addPulse(.readiness, every: RunMachine.readinessFreshness, to: &group, inbox)
            addStop(stop, to: &group, inbox)
            var hand = Hand(machine: RunMachine(state: state), lease: lease)
            // Why before: what was asked for must hold from the first step on, and a session without any goal of its
            // own ends as soon as it has begun.
            // Why the end of a session that is open first: it is that of a process that is gone, and nothing may be
            // decided in its name.
            let isOrphaned = try state.session != nil && !journal.requests(after: state.lastRequest).isEmpty
            let first: [Message] = [.pulse(.requests), .input(.begin(session))]
            try take((isOrphaned ? [.input(.sessionLost)] : []) + first, with: &hand, group: &group, inbox)
            if hand.machine.state.session != nil {
                var turns = 0
                for await _ in inbox.bell {
                    try take(inbox.takeAll(), with: &hand, group: &group, inbox)
                    if hand.machine.state.session == nil { break }
                    turns += 1
                    if turns.isMultiple(of: Self.turnsAtOnce) { await Task.yield() }
                }
            }
            try await finish(with: &hand, group: &group, inbox)
            return hand.machine.state
        }
    }

    /// How often requests are looked for; semantics ask for at most a second.
    private static let requestInterval: Duration = .milliseconds(250)

    /// Turns after which others have theirs.
    ///
    /// Why: effects that wait for nothing give the loop its next turn at once, and on a machine with one core neither
    /// the lease would be renewed nor a request be looked for.
    private static let turnsAtOnce = 64

    /// Takes what waited: decides and applies, appends, then sets the effects right; what may wait is appended then, or by
    /// a later turn.
    ///
    /// Nothing here waits.
    private func take(
        _ messages: [Message],
        with hand: inout Hand,
        group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) throws {
        let programs = hand.machine.state.programs
        var turn = Turn()
        for message in messages {
            if hand.isBegun, hand.machine.state.session == nil {
                // Why: what still waits is for the next session, which will find its requests where they are. What came
                // of a notice is not.
                guard case .told = message else { continue }
            }
            do { try decide(message, with: &hand, in: &turn) } catch {
                // Why: what was decided before it is none the worse: the outcome of a call, or what was asked for between
                // the sessions and may be why this one is refused.
                try append(with: &hand)
                throw error
            }
            if case .input(.begin) = message { hand.isBegun = true }
        }
        // Why also when nothing was decided: an answer without events means that the effect is to be done again.
        for effect in turn.answered { hand.running[effect] = nil }
        let effects = hand.machine.effects
        if turn.isPulse || !hand.mayWait(before: effects) { try append(with: &hand) }
        for (attempt, program, reply) in turn.replies {
            reply.yield(hand.machine.state.stage(of: attempt)?.program == program)
        }
        let left = hand.machine.state.programs
        forget(programs.filter { left[$0.key] != $0.value }, in: &group)
        progress.hold(hand.draft.takeUntold())
        let earlier = hand.started
        setRight(effects, with: &hand, group: &group, inbox)
        if hand.draft.due == .beforeNextWait {
            // Why their own answers: what else comes in says nothing about how long the looks take.
            let answered = inbox.count { $0.isAnswer(after: earlier) }
            if answered < hand.started - earlier { try append(with: &hand) }
        }
        if turn.looksBack { lookBack(with: &hand, group: &group, inbox) }
        try tell(with: &hand, group: &group, inbox)
    }

    private func decide(_ message: Message, with hand: inout Hand, in turn: inout Turn) throws {
        switch message {
        case .input(let input): try hand.take(input, at: clock.now())
        case .answer(let effect, let number, let outcome):
            // Why: an effect that was ended and asked for again must not be answered by its former self.
            guard hand.running[effect]?.number == number else { return }
            turn.answered.append(effect)
            try hand.take(.answered(effect, outcome.answer), at: clock.now(), outcome.evidence)
        case .told(let id, let outcome): try take(outcome, of: id, with: &hand)
        case .noticesOverdue: break
        case .unfit(let error): throw error
        case .overdue:
            if hand.machine.isStopOverdue { throw StopOverdue(steps: hand.machine.stepsInFlight) }
        case .program(let attempt, let program, let reply):
            try hand.take(.programStarted(attempt, program), at: clock.now())
            turn.replies.append((attempt, program, reply))
        case .readiness(let seen, let findings): tell(findings, of: seen, with: &hand)
        case .pulse(.readiness): turn.looksBack = true
        case .pulse(.renewal):
            turn.isPulse = true
            try journal.renew(hand.lease, at: clock.now())
        case .pulse(.requests):
            turn.isPulse = true
            for request in try journal.requests(after: hand.machine.state.lastRequest) {
                try hand.take(.request(request), at: clock.now())
            }
        }
    }

    func append(with hand: inout Hand) throws {
        guard !hand.draft.entries.isEmpty else { return }
        try journal.append(
            hand.draft.entries,
            evidence: hand.draft.evidence,
            standing: hand.machine.takeStanding(),
            to: hand.machine.state.header.number,
            under: hand.lease
        )
        progress.release(hand.draft.takeUntold(), then: .state(hand.machine.state))
        hand.draft = Draft()
    }
}
