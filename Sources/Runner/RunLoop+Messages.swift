import MigrateCore

extension RunLoop {
    /// What comes into the loop's inbox.
    enum Message: Sendable {
        /// What has its time.
        enum Pulse: Sendable {
            /// The lease is to be renewed.
            case renewal
            /// Requests of other processes are to be looked for.
            case requests
            /// Whether everything could be undone is to be looked at.
            case readiness
        }
        /// Something that the machine decides about.
        case input(RunInput)
        /// An effect came to its end; the number is the one it was started under.
        case answer(RunEffect, number: Int, EffectWorker.Outcome)
        /// A program waits at its gate; `reply` gets whether it is on record.
        case program(Attempt, ChildProgram, reply: AsyncStream<Bool>.Continuation)
        /// A call was held back, since the lease is not, or not certainly, ours any more.
        case unfit(any Error)
        /// What came of a notice.
        case told(NoticeID, NoticeTeller.Outcome)
        /// Notices on their way when the session ended have had their time.
        case noticesOverdue
        /// What was in hand when somebody wanted to stop has had its time.
        case overdue
        /// Its time has come.
        case pulse(Pulse)
        /// What a look at the way back of this state found.
        case readiness(RunState, [StepReadiness])

        /// Whether it answers an effect that was started after `number` others.
        func isAnswer(after number: Int) -> Bool {
            guard case .answer(_, let own, _) = self else { return false }
            return own > number
        }
    }

    /// What the loop's task alone touches.
    struct Hand {
        /// An effect under way.
        struct Work {
            /// Count of the effects started so far.
            var number: Int
            /// Ending it cancels the effect.
            var cancel: AsyncStream<Void>.Continuation
        }
        /// The machine.
        var machine: RunMachine
        /// The lease it works under.
        let lease: Lease
        /// Effects under way.
        var running: [RunEffect: Work] = [:]
        /// Effects started so far.
        var started = 0
        /// Notices that wait for their turn or are on their way.
        var outbox = NoticeOutbox()
        /// Whether this process has begun its session.
        var isBegun = false
        /// What is decided and applied, and not durable yet.
        var draft = Draft()
        /// Whether a look at the way back is under way.
        var isLookingBack = false
        /// Steps that could not be undone when that was last looked at.
        var unready: Set<StepID> = []

        /// Decides about `input`, upon what was `seen`.
        ///
        /// Throws: `RunRefusal`; nothing is decided then.
        mutating func take(_ input: RunInput, at now: Timestamp, _ seen: [StagedEvidence] = []) throws(RunRefusal) {
            let entries = try machine.take(input, at: now)
            draft.add(entries, seen, in: machine.state)
            // Why: it ends a wait, which is not to be waited out again.
            if case .answered(.reconcile, _) = input, !entries.isEmpty { draft.due = .atOnce }
        }

        /// Whether what is not durable yet may stay so while `effects` begin.
        ///
        /// Rule: only what need not be durable at once, and only while nothing is about to begin but looks that
        /// `mayBeginAhead`. Why: they change nothing, and what they find is often followed by an intent, whose append then
        /// carries this too. No pulse comes without an append.
        func mayWait(before effects: [RunEffect]) -> Bool {
            // Why: nothing follows from what came of a notice, and the next pulse carries it at the latest.
            if draft.due == .byNextPulse { return true }
            let missing = effects.filter { running[$0] == nil }
            return !missing.isEmpty && missing.allSatisfy(\.mayBeginAhead) && draft.due < .atOnce
        }
    }

    /// What goes into the journal with the next append.
    struct Draft {
        /// Events, in order.
        var entries: [JournalEntry] = []
        /// What was seen on the way, each with the event that it led to.
        var evidence: [StepEvidence] = []
        /// When all of it has to be durable; the latest time while there is nothing.
        var due = Durability.byNextPulse
        /// How many of the entries are on their way to be told of.
        private var told = 0

        /// What is to be told of the entries added since this was last asked.
        mutating func takeUntold() -> [RunProgress] {
            defer { told = entries.count }
            return entries[told...].map { .event($0) }
        }

        /// Adds what one message led to, with `state` as it left it.
        mutating func add(_ more: [JournalEntry], _ seen: [StagedEvidence] = [], in state: RunState) {
            if let first = more.first {
                evidence += seen.map {
                    StepEvidence(step: $0.step, stage: $0.stage, sequence: first.sequence, evidence: $0.evidence)
                }
            }
            entries += more
            for entry in more { due = max(due, state.durability(of: entry.event)) }
        }
    }

    /// What one turn of the loop has to see to besides its events.
    struct Turn {
        /// Effects that came to their end.
        var answered: [RunEffect] = []
        /// Who waits to hear whether a program is on record.
        var replies: [(Attempt, ChildProgram, AsyncStream<Bool>.Continuation)] = []
        /// Whether something had its time, upon which nothing waits any longer to become durable.
        var isPulse = false
        /// Whether it is time to look at the way back.
        var looksBack = false
    }
}
