import MigrateCore

/// The one loop: it owns the machine, reads one inbox, writes the journal, and keeps the effects going.
///
/// decide → append (durable) → run effects → their outcome is the next input.
public struct RunLoop: Sendable {
    private let journal: any RunJournal
    private let clock: any RunClock
    private let executor: any StepExecutor
    private let worker: EffectWorker
    private let progress: @Sendable (RunProgress) -> Void

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
    /// `stop` yields when somebody wants it to stop; calls in flight are then awaited, and nothing new starts.
    /// Throws: `RunRefusal` before anything was written; `LeaseLost` and whatever the journal throws, in which case
    /// the calls in flight are abandoned, on record as intents without an outcome.
    public func run(
        _ state: RunState,
        session: Session,
        lease: Lease,
        stop: AsyncStream<Void>
    ) async throws -> RunState {
        let (inbox, sender) = AsyncStream<Message>.makeStream()
        return try await withThrowingDiscardingTaskGroup(returning: RunState.self) { group in
            defer { group.cancelAll() }
            addPulse(.renewal, every: LeaseRecord.renewal, to: &group, sender)
            addPulse(.requests, every: Self.requestInterval, to: &group, sender)
            group.addTask {
                for await _ in stop { sender.yield(.input(.stop, [])) }
            }
            var hand = Hand(machine: RunMachine(state: state), lease: lease)
            // Why before: what was asked for must hold from the first step on, and a session without any goal of its
            // own ends as soon as it has begun.
            try takeRequests(with: &hand, group: &group, sender)
            try take(.begin(session), evidence: [], with: &hand, group: &group, sender)
            if hand.machine.state.session == nil { return hand.machine.state }
            for await message in inbox {
                switch message {
                case .input(let input, let evidence):
                    try take(input, evidence: evidence, with: &hand, group: &group, sender)
                case .program(let attempt, let program, let reply):
                    let input = RunInput.programStarted(attempt, program)
                    try take(input, evidence: [], with: &hand, group: &group, sender)
                    reply.yield(hand.machine.state.stage(of: attempt)?.program == program)
                case .pulse(.renewal): try journal.renew(lease, at: clock.now())
                case .pulse(.requests): try takeRequests(with: &hand, group: &group, sender)
                }
                if hand.machine.state.session == nil { break }
            }
            return hand.machine.state
        }
    }

    /// How often requests are looked for; semantics ask for at most a second.
    private static let requestInterval: Duration = .milliseconds(250)

    /// What the loop's task alone touches.
    private struct Hand {
        var machine: RunMachine
        let lease: Lease
        var running: [RunEffect: AsyncStream<Void>.Continuation] = [:]
    }

    private enum Message: Sendable {
        enum Pulse: Sendable {
            case renewal
            case requests
        }
        case input(RunInput, [StagedEvidence])
        /// A program waits at its gate; `reply` gets whether it is on record.
        case program(Attempt, ChildProgram, reply: AsyncStream<Bool>.Continuation)
        case pulse(Pulse)
    }

    private func addPulse(
        _ pulse: Message.Pulse,
        every interval: Duration,
        to group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ sender: AsyncStream<Message>.Continuation
    ) {
        group.addTask { [clock] in
            while !Task.isCancelled {
                do { try await clock.sleep(for: interval) } catch { return }
                sender.yield(.pulse(pulse))
            }
        }
    }

    private func takeRequests(
        with hand: inout Hand,
        group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ sender: AsyncStream<Message>.Continuation
    ) throws {
        for request in try journal.requests(after: hand.machine.state.lastRequest) {
            try take(.request(request), evidence: [], with: &hand, group: &group, sender)
        }
    }

    /// Takes one input through decide, append and apply, then sets the effects right.
    ///
    /// Nothing here waits.
    private func take(
        _ input: RunInput,
        evidence: [StagedEvidence],
        with hand: inout Hand,
        group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ sender: AsyncStream<Message>.Continuation
    ) throws {
        let programs = hand.machine.state.programs
        let entries = try hand.machine.take(input, at: clock.now())
        if let first = entries.first {
            let kept = evidence.map {
                StepEvidence(step: $0.step, stage: $0.stage, sequence: first.sequence, evidence: $0.evidence)
            }
            try journal.append(
                entries,
                evidence: kept,
                standing: hand.machine.takeStanding(),
                to: hand.machine.state.header.number,
                under: hand.lease
            )
            for entry in entries { progress(.event(entry)) }
            progress(.state(hand.machine.state))
            let left = hand.machine.state.programs
            forget(programs.filter { left[$0.key] != $0.value }, in: &group)
        }
        let wanted = Set(hand.machine.effects)
        for (effect, cancel) in hand.running where !wanted.contains(effect) {
            cancel.finish()
            hand.running[effect] = nil
        }
        // Why also when nothing was decided: an answer without events means that the effect is to be done again.
        if case .answered(let effect, _) = input { hand.running[effect] = nil }
        for effect in wanted where hand.running[effect] == nil {
            hand.running[effect] = start(effect, of: hand.machine.state, in: &group, sender)
        }
    }

    /// Starts one effect; ending the returned stream cancels it.
    private func start(
        _ effect: RunEffect,
        of state: RunState,
        in group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ sender: AsyncStream<Message>.Continuation
    ) -> AsyncStream<Void>.Continuation {
        let (ending, cancel) = AsyncStream<Void>.makeStream()
        group.addTask { [worker] in
            await withTaskGroup(of: Void.self) { pair in
                pair.addTask {
                    let outcome = await worker.carryOut(effect, of: state) { program in
                        guard case .perform(let attempt) = effect else { throw ProgramNotRecorded() }
                        try await Self.record(program, of: attempt, sender)
                    }
                    guard let outcome else { return }
                    sender.yield(.input(.answered(effect, outcome.answer), outcome.evidence))
                }
                pair.addTask { for await _ in ending {} }
                await pair.next()
                pair.cancelAll()
            }
        }
        return cancel
    }

    /// Returns once `program` is on record.
    ///
    /// Throws: `ProgramNotRecorded` when the run no longer asks for it; `CancellationError` when the loop ended.
    private static func record(
        _ program: ChildProgram,
        of attempt: Attempt,
        _ sender: AsyncStream<Message>.Continuation
    ) async throws {
        let (answers, reply) = AsyncStream<Bool>.makeStream()
        sender.yield(.program(attempt, program, reply: reply))
        for await isOnRecord in answers {
            guard isOnRecord else { throw ProgramNotRecorded() }
            return
        }
        throw CancellationError()
    }

    /// Has removed what `programs` left, whose outcomes have just become durable.
    private func forget(_ programs: [StepID: ChildProgram], in group: inout ThrowingDiscardingTaskGroup<any Error>) {
        for (step, program) in programs {
            group.addTask { [executor, progress] in
                if let problem = await executor.forget(program) { progress(.note(step, problem.message)) }
            }
        }
    }
}
