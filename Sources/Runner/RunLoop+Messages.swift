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
        }
        /// Something that the machine decides about.
        case input(RunInput)
        /// An effect came to its end; the number is the one it was started under.
        case answer(RunEffect, number: Int, EffectWorker.Outcome)
        /// A program waits at its gate; `reply` gets whether it is on record.
        case program(Attempt, ChildProgram, reply: AsyncStream<Bool>.Continuation)
        /// A call was held back, since the lease is not, or not certainly, ours any more.
        case unfit(any Error)
        /// What was in hand when somebody wanted to stop has had its time.
        case overdue
        /// Its time has come.
        case pulse(Pulse)
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
        /// Whether this process has begun its session.
        var isBegun = false
    }

    /// What was decided from messages that waited together.
    struct Batch {
        /// Events, in order.
        var entries: [JournalEntry] = []
        /// What was seen on the way, each with the event that it led to.
        var evidence: [StepEvidence] = []
        /// Effects that came to their end.
        var answered: [RunEffect] = []
        /// Who waits to hear whether a program is on record.
        var replies: [(Attempt, ChildProgram, AsyncStream<Bool>.Continuation)] = []

        /// Adds what one message led to.
        mutating func add(_ more: [JournalEntry], _ seen: [StagedEvidence] = []) {
            if let first = more.first {
                evidence += seen.map {
                    StepEvidence(step: $0.step, stage: $0.stage, sequence: first.sequence, evidence: $0.evidence)
                }
            }
            entries += more
        }
    }
}
