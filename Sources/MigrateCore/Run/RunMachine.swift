/// The rules of a run: what happens next, given what happened.
///
/// `decide` and `advance` hold the rules and change nothing; `RunState.apply` changes the state and holds no rules;
/// `effects` follows from the state alone. Time is passed in.
public struct RunMachine: Sendable {
    /// The run as its events made it.
    public internal(set) var state: RunState
    /// Lines of the steps at work as they were last asked for.
    private var shown: [Int: StepSnapshot] = [:]
    /// The run's own line as it was last asked for, without the number and the time of its last event.
    private var shownRun: RunSnapshot?

    /// Makes the machine of a run.
    public init(state: RunState) { self.state = state }

    /// Decides what `input` leads to, applies it, and returns it for the journal.
    ///
    /// Rule: make the events durable before running any effect, but for looks that `mayBeginAhead` where the `Durability`
    /// of the events allows it, and drop the machine if that fails. Why: the state is ahead of the journal until then. What if you don't: a crash loses the way back of a change already made.
    ///
    /// Throws: `RunRefusal`; nothing is applied then.
    public mutating func take(_ input: RunInput, at now: Timestamp) throws(RunRefusal) -> [JournalEntry] {
        var entries = apply(try decide(input, at: now), at: now)
        while true {
            let more = advance(at: now)
            if more.isEmpty { return entries }
            entries += apply(more, at: now)
        }
    }

    /// How the run stands now, with the steps that are to be shown otherwise since this was last asked; it goes into the
    /// journal together with the events that touched them.
    public mutating func takeStanding() -> Standing {
        var standing = state.takeStanding()
        standing.steps = standing.steps.filter { shown[$0.key] != $0.value }
        for (place, line) in standing.steps { shown[place] = state.active.contains(place) ? line : nil }
        var line = standing.run
        (line.events, line.changedAt) = (0, nil)
        standing.isRunChanged = line != shownRun
        shownRun = line
        return standing
    }

    /// Applies `events`, and gives them back with their places.
    mutating func apply(_ events: [RunEvent], at now: Timestamp) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        for event in events {
            let before = Stance(session: state.session, halting: state.halting)
            entries.append(add(event, at: now))
            // Why here: an intent shares the commit of what brought it about, and nothing is told that is not on record.
            for notice in notices(after: event, from: before) { entries.append(add(notice, at: now)) }
        }
        return entries
    }

    private mutating func add(_ event: RunEvent, at now: Timestamp) -> JournalEntry {
        let entry = JournalEntry(sequence: state.sequence + 1, at: now, event: event)
        state.apply(entry)
        return entry
    }

    /// Events that `input` leads to by itself.
    func decide(_ input: RunInput, at now: Timestamp) throws(RunRefusal) -> [RunEvent] {
        switch input {
        case .begin(let session): try begin(session, at: now)
        case .answered(let effect, let answer):
            // Why: an answer that comes after its effect lost its point, say after a back-out, must change nothing.
            isWanted(effect) ? respond(to: answer, of: effect, at: now) : []
        case .programStarted(let attempt, let program): started(program, for: attempt)
        case .request(let request): request.id > state.lastRequest ? respond(to: request, at: now) : []
        case .noticeEnded(let id, let fate, let head): ended(id, fate, head: head)
        case .sessionLost: state.session == nil ? [] : [.run(.sessionEnded(.paused(.leaseLost)))]
        case .stop: state.session == nil || state.isReleased ? [] : [.run(.halted(.stopped))]
        }
    }

    /// Events that are due without any input: next steps, ends of phases, the end of the session.
    func advance(at now: Timestamp) -> [RunEvent] {
        guard let session = state.session else { return [] }
        if state.backOut != nil { return advanceBackOut(session) }
        if let halting = state.halting { return effects.isEmpty ? [.run(.sessionEnded(end(halting, session)))] : [] }
        switch session.goal {
        case .forward(_, let through, let only): return advanceForward(session, through: through, only: only, at: now)
        case .rollback(let steps, let includeKept): return advanceRollback(steps, includeKept: includeKept)
        case .backOut(let reason): return [.run(.sessionEnded(.backedOut(reason)))]
        case .answer: return [.run(.sessionEnded(.answered))]
        }
    }

    /// End of a halted session.
    ///
    /// Why not always what halted it: a call that was in flight at Ctrl-C may have come to a doubt, and nothing goes on
    /// before that is resolved.
    private func end(_ halting: SessionEnd, _ session: Session) -> SessionEnd {
        guard halting == .stopped, case .forward = session.goal, let doubt = state.stepsInDoubt.first else {
            return halting
        }
        return .paused(.inDoubt(doubt))
    }
}
