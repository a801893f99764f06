import Glibc
import Journal
import MigrateCore
import Reports
import Runner
import Steps

/// Opens a run, holds its lease, carries it on, and lets go again: what `run`, `rollback` and `back-out` share.
struct RunKeeper {
    let composition: Composition
    let target: Composition.Target

    /// Language of the operator.
    var language: Language { composition.language }

    /// Latest run of the target's journal; nil when nothing has run; reads only.
    func latest() throws -> (journal: SQLiteJournal, state: RunState)? {
        guard let journal = try journalToRead(), let header = try journal.latestRun() else { return nil }
        return (journal, .replay(header, entries: try journal.events(of: header.number)))
    }

    /// How the latest run stands, as far as its record tells; nil when nothing has run; reads only.
    func latestSnapshot() throws -> RunSnapshot? { try journalToRead()?.latestSnapshot() }

    /// Journal of the target, to be read; nil when there is none.
    func journalToRead() throws -> SQLiteJournal? {
        do {
            return try composition.journal(
                runbook: try planName(),
                environment: target.environment,
                mode: .readOnly
            )
        } catch JournalFault.cannotOpen(_, .missing), JournalFault.cannotOpen(_, .directoryMissing) {
            return nil
        }
    }

    /// Where the target's journal lies, whether there is one or not.
    func journalPath() throws -> String {
        composition.journalPath(runbook: try planName(), environment: target.environment)
    }

    /// Name of the runbook; its folder's when the file is gone, since a way back must not depend on it.
    private func planName() throws -> String {
        try RunbookName.read(target.folder, composition)
    }

    /// Carries the latest run on toward `goal`, and gives back where it got to.
    ///
    /// `fresh` makes the header of a new run when there is none to go on with; nil refuses instead. `acts` are requests
    /// of this very command, taken in as the session begins. Whatever is refused, by `goal` or by the rules, is so
    /// before a new run is written down.
    func carryOn(
        _ operation: String,
        fresh: (() throws -> RunHeader)?,
        acts: [RunRequest.Act] = [],
        shape: SessionShape = SessionShape(),
        goal: (RunState) throws -> RunGoal
    ) async throws -> RunState {
        let journal = try journalToWrite(create: fresh != nil)
        let lease = try acquire(of: journal, for: operation, takesOver: shape.takesOver)
        do {
            var state = try state(in: journal, fresh: fresh, beginsAnew: shape.beginsAnew)
            try state.checkTool(ToolVersion.text)
            let wanted = try goal(state)
            let session = Session(
                epoch: lease.epoch,
                holder: holderName,
                operatorName: ProcessIdentity.user,
                goal: wanted,
                parallel: shape.parallel,
                isStepByStep: shape.isStepByStep,
                timeScale: try composition.timeScale(for: state.plan),
                toolVersion: ToolVersion.text
            )
            let executor = try composition.executor(for: state.plan, goal: wanted)
            if state.header.number == 0 {
                // Why on trial: a run that was refused its first step has not begun, and must not seem to have.
                var trial = RunMachine(state: state)
                _ = try trial.take(.begin(session), at: composition.clock.now())
                state = RunState(header: try journal.begin(state.header, under: lease))
            }
            for act in acts {
                _ = try journal.insert(act, by: ProcessIdentity.user, at: composition.clock.now())
            }
            let ended = try await run(state, session: session, executor: executor, lease: lease, journal: journal)
            try journal.release(lease)
            return ended
        } catch {
            // Why not with try: the error that brought us here says more than a lease that cannot be released, and an
            // unreleased lease of a process that is gone is taken over without a person.
            do { try journal.release(lease) } catch { Talk.say(Phrasebook.leaseNotReleased(error, in: language)) }
            throw error
        }
    }

    /// Journal of the target, to be written to.
    func journalToWrite(create: Bool) throws -> SQLiteJournal {
        let name = try planName()
        do {
            return try composition.journal(
                runbook: name,
                environment: target.environment,
                mode: .readWrite(create: create)
            )
        } catch JournalFault.cannotOpen(_, .missing), JournalFault.cannotOpen(_, .directoryMissing) {
            throw CommandFault.nothingHasRun(runbook: name, environment: target.environment)
        }
    }

    /// The lease of this process.
    ///
    /// Throws: `CommandFault.held`, which says what the holder is doing; whatever the journal throws.
    func acquire(of journal: SQLiteJournal, for operation: String, takesOver: Bool = false) throws -> Lease {
        do {
            return try journal.acquireLease(composition.claim(for: operation), takesOver: takesOver)
        } catch let held as LeaseHeld {
            let steps = try latest()?.state.stepsAtWork ?? []
            throw CommandFault.held(held, for: composition.clock.now() - held.holder.acquiredAt, at: steps)
        }
    }

    private var holderName: String { "\(ProcessIdentity.user)@\(ProcessIdentity.host)" }

    /// Run to go on with; a new one has the number 0, and is not written down yet.
    private func state(
        in journal: SQLiteJournal,
        fresh: (() throws -> RunHeader)?,
        beginsAnew: Bool
    ) throws -> RunState {
        if !beginsAnew, let header = try journal.latestRun() {
            let state = RunState.replay(header, entries: try journal.events(of: header.number))
            if state.isUnderWay || fresh == nil { return state }
        }
        guard let fresh else {
            throw CommandFault.nothingHasRun(runbook: try planName(), environment: target.environment)
        }
        return RunState(header: try fresh())
    }

    private func run(
        _ state: RunState,
        session: Session,
        executor: LiveStepExecutor,
        lease: Lease,
        journal: SQLiteJournal
    ) async throws -> RunState {
        let screen = RunScreen(of: state, goal: session.goal, journal: journal, composition: composition)
        let stop = StopWish()
        let signals = StopSignals(
            onFirst: { [language] in
                Talk.say(Phrasebook.stopping(in: language))
                stop.utter()
            },
            onSecond: { [language] in Exit.now(.interrupted, saying: Phrasebook.endedAtOnce(in: language)) }
        )
        defer { withExtendedLifetime(signals) {} }
        sweepPrograms(of: state)
        let loop = RunLoop(
            journal: journal,
            executor: executor,
            clock: composition.clock,
            digest: Composition.digest,
            progress: { screen.show($0) }
        )
        let drawing = Task { await screen.live(clock: composition.clock) }
        let ended: RunState
        do {
            ended = try await loop.run(state, session: session, lease: lease, stop: stop)
        } catch {
            await drawing.end()
            throw error
        }
        await drawing.end()
        if session.goal != .answer {
            let snapshot = RunSnapshot(state: ended, holder: nil, isHolderAlive: false)
            screen.conclude(snapshot, at: composition.clock.now())
            if ended.isMidShift {
                let scripts = composition.breakGlassDirectory(of: ended.plan)
                Talk.say(Phrasebook.leftAway(scripts: scripts, in: language))
            }
            let style = composition.style(of: STDERR_FILENO)
            Talk.say(NextAct.text(for: snapshot, at: composition.clock.now(), style: style))
        }
        return ended
    }
}

extension RunKeeper {
    /// Removes what programs left whose outcomes are on record, or that never were.
    private func sweepPrograms(of state: RunState) {
        let directory = composition.programsDirectory(runbook: state.plan.runbook, environment: state.plan.environment)
        do {
            try ProgramFolder.sweep(directory, keeping: Set(state.programs.values.map(\.folder)))
        } catch { Talk.say(Phrasebook.programsNotRemoved(error, in: language)) }
    }
}

extension Task where Success == Void, Failure == Never {
    /// Cancels it and waits until it has ended.
    fileprivate func end() async {
        cancel()
        await value
    }
}

extension RunState {
    /// Whether it has begun and is not over, so that `run` goes on with it.
    ///
    /// Why not without events: a process that died before the first one left nothing to go on with.
    var isUnderWay: Bool { sequence > 0 && !isOver }
}

/// How a session is carried out.
struct SessionShape {
    var parallel = 8
    var isStepByStep = false
    /// Whether the lease of a holder that has not been heard of is taken.
    var takesOver = false
    /// Whether a new run begins although the latest one is not over.
    var beginsAnew = false
}
