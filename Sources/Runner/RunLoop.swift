import MigrateCore

/// The one loop: it owns the machine, reads one inbox, writes the journal, and keeps the effects going.
///
/// decide → append (durable) → run effects → their outcome is the next input. What waits together is decided one by
/// one, and made durable by one append.
public struct RunLoop: Sendable {
    let journal: any RunJournal
    let clock: any RunClock
    let executor: any StepExecutor
    let worker: EffectWorker
    let progress: @Sendable (RunProgress) -> Void

    /// Makes a loop.
    ///
    /// - Parameters:
    ///   - journal: where events are made durable.
    ///   - executor: what does things to the world.
    ///   - clock: real time.
    ///   - digest: hash of a value's canonical text, in hexadecimal; approvals are bound to it.
    ///   - progress: told of everything as it happens; called on the loop's task and must not block.
    public init(
        journal: any RunJournal,
        executor: any StepExecutor,
        clock: any RunClock,
        digest: @escaping @Sendable (Value) -> String,
        progress: @escaping @Sendable (RunProgress) -> Void
    ) {
        self.journal = journal
        self.clock = clock
        self.progress = progress
        self.executor = executor
        worker = EffectWorker(executor: executor, clock: clock, digest: digest, progress: progress)
    }

    /// Carries `state` on under `lease` until its session ends, and returns where it got to.
    ///
    /// `stop` yields when somebody wants it to stop; calls in flight are then awaited for a while, and nothing new
    /// starts.
    /// Throws: `RunRefusal` before anything was written; `StopOverdue`, `LeaseLost` and whatever the journal throws, in
    /// which case the calls in flight are abandoned, on record as intents without an outcome; programs at work are left
    /// to whoever goes on.
    public func run(
        _ state: RunState,
        session: Session,
        lease: Lease,
        stop: AsyncStream<Void>
    ) async throws -> RunState {
        let inbox = Inbox<Message>()
        return try await withThrowingDiscardingTaskGroup(returning: RunState.self) { group in
            defer { group.cancelAll() }
            addPulse(.renewal, every: LeaseRecord.renewal, to: &group, inbox)
            addPulse(.requests, every: Self.requestInterval, to: &group, inbox)
            addStop(stop, to: &group, inbox)
            var hand = Hand(machine: RunMachine(state: state), lease: lease)
            // Why before: what was asked for must hold from the first step on, and a session without any goal of its
            // own ends as soon as it has begun.
            // Why the end of a session that is open first: it is that of a process that is gone, and nothing may be
            // decided in its name.
            let isOrphaned = try state.session != nil && !journal.requests(after: state.lastRequest).isEmpty
            let first: [Message] = [.pulse(.requests), .input(.begin(session))]
            try take((isOrphaned ? [.input(.sessionLost)] : []) + first, with: &hand, group: &group, inbox)
            if hand.machine.state.session == nil { return hand.machine.state }
            for await _ in inbox.bell {
                try take(inbox.takeAll(), with: &hand, group: &group, inbox)
                if hand.machine.state.session == nil { break }
            }
            return hand.machine.state
        }
    }

    /// How often requests are looked for; semantics ask for at most a second.
    private static let requestInterval: Duration = .milliseconds(250)

    /// Takes what waited: decides, appends, applies, then sets the effects right.
    ///
    /// Nothing here waits.
    private func take(
        _ messages: [Message],
        with hand: inout Hand,
        group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) throws {
        let programs = hand.machine.state.programs
        var batch = Batch()
        for message in messages {
            do { try decide(message, with: &hand, into: &batch) } catch {
                // Why: what was decided before it is none the worse, and may be the outcome of a call.
                if hand.isBegun { try append(batch, with: &hand) }
                throw error
            }
            if case .input(.begin) = message { hand.isBegun = true }
            // Why: what still waits is for the next session, which will find its requests where they are.
            if hand.isBegun, hand.machine.state.session == nil { break }
        }
        try append(batch, with: &hand)
        for (attempt, program, reply) in batch.replies {
            reply.yield(hand.machine.state.stage(of: attempt)?.program == program)
        }
        let left = hand.machine.state.programs
        forget(programs.filter { left[$0.key] != $0.value }, in: &group)
        setEffectsRight(answered: batch.answered, with: &hand, group: &group, inbox)
    }

    private func decide(_ message: Message, with hand: inout Hand, into batch: inout Batch) throws {
        switch message {
        case .input(let input): batch.add(try hand.machine.take(input, at: clock.now()))
        case .answer(let effect, let number, let outcome):
            // Why: an effect that was ended and asked for again must not be answered by its former self.
            guard hand.running[effect]?.number == number else { return }
            batch.answered.append(effect)
            let entries = try hand.machine.take(.answered(effect, outcome.answer), at: clock.now())
            batch.add(entries, outcome.evidence)
        case .unfit(let error): throw error
        case .overdue:
            if hand.machine.isStopOverdue { throw StopOverdue(steps: hand.machine.stepsInFlight) }
        case .program(let attempt, let program, let reply):
            batch.add(try hand.machine.take(.programStarted(attempt, program), at: clock.now()))
            batch.replies.append((attempt, program, reply))
        case .pulse(.renewal): try journal.renew(hand.lease, at: clock.now())
        case .pulse(.requests):
            for request in try journal.requests(after: hand.machine.state.lastRequest) {
                batch.add(try hand.machine.take(.request(request), at: clock.now()))
            }
        }
    }

    private func append(_ batch: Batch, with hand: inout Hand) throws {
        guard !batch.entries.isEmpty else { return }
        try journal.append(
            batch.entries,
            evidence: batch.evidence,
            standing: hand.machine.takeStanding(),
            to: hand.machine.state.header.number,
            under: hand.lease
        )
        for entry in batch.entries { progress(.event(entry)) }
        progress(.state(hand.machine.state))
    }
}
