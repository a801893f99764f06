/// How the events of the run as a whole change it.
extension RunState {
    /// Takes in one event.
    ///
    /// Rule: total and without judgement; what is wrong was refused before it was written. Why: replay must end in the
    /// same state whatever version wrote the journal.
    public mutating func apply(_ entry: JournalEntry) {
        sequence = entry.sequence
        changedAt = entry.at
        if entry.event.isChange { notices.noteChange(at: entry.sequence) }
        switch entry.event {
        case .run(let fact): apply(fact, at: entry.at)
        case .step(let id, let fact):
            if let index = places.steps[id] { apply(fact, to: index, at: entry.at) }
        case .change(let attempt, let fact):
            if let index = places.steps[attempt.step] { apply(fact, of: attempt, at: index, on: entry.at) }
        }
    }

    private mutating func apply(_ fact: RunFact, at time: Timestamp) {
        switch fact {
        case .sessionStarted(let session): enter(session, at: time)
        case .sessionEnded(let end):
            session = nil
            lastEnd = end == .answered ? endBefore : end
            halting = nil
        case .backOutStarted(let reason, let by, let anchors):
            let away = anchorsOfTrafficAway
            let wanted = anchors.map { $0.compactMap { places.steps[$0] } } ?? away
            // Why the one at work stays: its call may have left.
            let working = backOut?.working
            let busy = working.flatMap { places.steps[$0.attempt.step] }
            let queue = away.filter { wanted.contains($0) && $0 != busy }
            backOut = BackOut(reason: reason, by: by, queue: queue, working: working)
        case .backOutEnded: backOut = nil
        case .halted(let reason): halt(reason)
        case .resumed:
            halting = nil
            stalled = []
            isReleased = false
            startsInSession = 0
            beginPhasesAnew(at: time)
        case .canceled: isCanceled = true
        case .requirementChecked(let phase, let problem): gates[phase] = Gate(at: time, problem: problem)
        case .requirementAccepted(let phase, let problem, _, _): acceptedProblems[phase] = problem
        case .phaseEnded(let phase): phasesEnded.insert(phase)
        case .revised(let revision): apply(revision)
        case .requestTaken(let request):
            lastRequest = max(lastRequest, request.id)
            if case .pause = request.act { halt(.paused(.byOperator(request.by))) }
        case .requestRefused(let request, _): lastRequest = max(lastRequest, request.id)
        case .noticeIntended(let id, let text): notices.add(id, text, at: time)
        case .noticeEnded(let id, let fate, let head): notices.end(id, fate, head: head, at: time)
        }
    }

    private mutating func enter(_ session: Session, at time: Timestamp) {
        // Why: a session that nobody ended was cut off, and what it was about is still open.
        endBefore = self.session == nil ? lastEnd : .stopped
        if case .rollback(let steps, let includeKept) = session.goal {
            lastRollback = LastRollback(steps: steps, includesKept: includeKept)
        }
        self.session = session
        timeScale = max(timeScale, session.timeScale)
        toolVersion = session.toolVersion ?? toolVersion
        lastEnd = nil
        halting = nil
        isReleased = false
        stalled = []
        startsInSession = 0
        beginPhasesAnew(at: time)
    }

    /// Refuses to let a tool of `version` write to a run that a newer release wrote to; texts that are no versions are
    /// let through.
    ///
    /// Throws: `RunRefusal.newerTool`.
    public func checkTool(_ version: String?) throws(RunRefusal) {
        guard let version, let own = ReleaseVersion(version), let last = ReleaseVersion(toolVersion), own < last else {
            return
        }
        throw .newerTool(found: toolVersion, own: version)
    }

    /// Forgets what was proved and how long phases have been at work.
    ///
    /// Why: a phase that was left for the night has not been at work since, and what was mended must be looked at
    /// again.
    private mutating func beginPhasesAnew(at time: Timestamp) {
        gates = [:]
        phasesBegun = [:]
        for index in active { phasesBegun[plan.steps[index].phase] = time }
    }

    /// Stops starting steps; the first reason stands, but for a watch that failed.
    ///
    /// Asking to stop lets go of a session that is held by its reason.
    mutating func halt(_ reason: SessionEnd) {
        if halting != nil, reason == .stopped { isReleased = true }
        // Why: it is what keeps a paused run from being held, so it must not be lost behind another pause.
        if case .paused(.watch) = reason, case .paused = halting { halting = nil }
        halting = halting ?? reason
    }

    /// Stops for a reason that stands whatever stopped it before.
    ///
    /// Why: a watch that failed is why traffic was to come home; that it could not is what a person must hear.
    mutating func overrule(with reason: SessionEnd) { halting = reason }

    /// Whether an anchor on its way home cannot get on in this session.
    func isStalled(_ working: BackOut.Working) -> Bool {
        places.steps[working.attempt.step].map(stalled.contains) ?? false
    }
}
