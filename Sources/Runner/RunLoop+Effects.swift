import MigrateCore

/// Effects: started when they are asked for, ended when they are not.
extension RunLoop {
    /// Starts what is missing of `effects`, and cancels what is no longer among them.
    func setRight(
        _ effects: [RunEffect],
        with hand: inout Hand,
        group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) {
        if !hand.running.isEmpty {
            let wanted = Set(effects)
            let unwanted = hand.running.filter { !wanted.contains($0.key) }
            for (effect, work) in unwanted.sorted(by: { $0.value.number < $1.value.number }) {
                work.cancel.finish()
                hand.running[effect] = nil
            }
        }
        // Why in order: the same inputs must lead to the same run, which tests replay.
        for effect in effects where hand.running[effect] == nil {
            hand.started += 1
            let cancel = start(effect, with: hand, in: &group, inbox)
            hand.running[effect] = Hand.Work(number: hand.started, cancel: cancel)
        }
    }

    /// Starts one effect; ending the returned stream cancels it.
    private func start(
        _ effect: RunEffect,
        with hand: Hand,
        in group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) -> AsyncStream<Void>.Continuation {
        let (ending, cancel) = AsyncStream<Void>.makeStream()
        let permit = permit(for: effect, under: hand.lease, inbox)
        // Why at once: waking a thread for each effect costs more than most effects do before they wait for something.
        group.addImmediateTask { [worker, number = hand.started, state = hand.machine.state] in
            try await race {
                let outcome = await worker.carryOut(effect, of: state, permit: permit)
                if let outcome { inbox.put(.answer(effect, number: number, outcome)) }
            } against: {
                for await _ in ending {}
            }
        }
        return cancel
    }

    private func permit(for effect: RunEffect, under lease: Lease, _ inbox: Inbox<Message>) -> CallPermit {
        CallPermit(
            record: { program in
                guard case .perform(let attempt) = effect else { throw ProgramNotRecorded() }
                try await Self.record(program, of: attempt, inbox)
            },
            demandLease: { [journal] in
                do {
                    try journal.check(lease)
                } catch {
                    inbox.put(.unfit(error))
                    throw error
                }
            }
        )
    }

    /// Has `pulse` come into the inbox every `interval`.
    func addPulse(
        _ pulse: Message.Pulse,
        every interval: Duration,
        to group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) {
        group.addTask { [clock] in
            while !Task.isCancelled {
                do { try await clock.sleep(for: interval) } catch { return }
                inbox.put(.pulse(pulse))
            }
        }
    }

    /// Has a wish to stop come into the inbox, and, after every `stopPatience`, that it was not met yet.
    func addStop(
        _ stop: StopWish,
        to group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) {
        let (utterance, utter) = AsyncStream<Void>.makeStream()
        stop.whenUttered {
            inbox.put(.input(.stop))
            utter.yield()
        }
        group.addTask { [clock] in
            for await _ in utterance {
                while !Task.isCancelled {
                    do { try await clock.sleep(for: Self.stopPatience) } catch { return }
                    inbox.put(.overdue)
                }
            }
        }
    }

    /// How long the calls in hand may take to end once somebody wants to stop.
    public static let stopPatience: Duration = .seconds(120)

    /// Returns once `program` is on record.
    ///
    /// Throws: `ProgramNotRecorded` when the run no longer asks for it; `CancellationError` when the loop ended.
    private static func record(
        _ program: ChildProgram,
        of attempt: Attempt,
        _ inbox: Inbox<Message>
    ) async throws {
        let (answers, reply) = AsyncStream<Bool>.makeStream()
        inbox.put(.program(attempt, program, reply: reply))
        for await isOnRecord in answers {
            guard isOnRecord else { throw ProgramNotRecorded() }
            return
        }
        throw CancellationError()
    }

    /// Has removed what `programs` left, whose outcomes have just become durable.
    func forget(_ programs: [StepID: ChildProgram], in group: inout ThrowingDiscardingTaskGroup<any Error>) {
        for (step, program) in programs.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            group.addTask { [executor, progress] in
                if let problem = await executor.forget(program) { progress.add(.note(step, problem.message)) }
            }
        }
    }
}
