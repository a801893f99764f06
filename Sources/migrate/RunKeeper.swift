import Journal
import MigrateCore
import Reports
import Runner

/// Opens a run, holds its lease, carries it on, and lets go again: what `run`, `rollback` and `back-out` share.
struct RunKeeper {
    let composition: Composition
    let target: Composition.Target

    /// Latest run of the target's journal; nil when nothing has run. Reads only.
    func latest() throws -> (journal: SQLiteJournal, state: RunState)? {
        let plan = try planName()
        do {
            let journal = try composition.journal(
                runbook: plan, environment: target.environment, mode: .readOnly)
            guard let header = try journal.latestRun() else { return nil }
            return (journal, .replay(header, entries: try journal.events(of: header.number)))
        } catch JournalFault.cannotOpen(_, .missing), JournalFault.cannotOpen(_, .directoryMissing) {
            return nil
        }
    }

    /// Name of the runbook; its folder's when the file is gone, since a way back must not depend on it.
    private func planName() throws -> String {
        try RunbookName.read(target.folder, composition)
    }

    /// Carries the latest run on toward `goal`.
    ///
    /// - Parameters:
    ///   - fresh: makes the header of a new run when there is none to go on with; nil refuses instead.
    ///   - goal: what to bring about, given the run; thrown refusals come before anything is written.
    ///   - acts: requests of this very command, taken in with the session's begin.
    func carryOn(
        _ operation: String, fresh: (() throws -> RunHeader)?, acts: [RunRequest.Act] = [],
        shape: SessionShape = SessionShape(), takesOver: Bool = false,
        goal: (RunState) throws -> RunGoal
    ) async throws -> RunState {
        let journal = try composition.journal(
            runbook: try planName(), environment: target.environment, mode: .readWrite(create: fresh != nil))
        let lease = try journal.acquireLease(composition.claim(for: operation), takesOver: takesOver)
        do {
            let state = try state(in: journal, under: lease, fresh: fresh)
            let wanted = try goal(state)
            for act in acts {
                _ = try journal.insert(act, by: ProcessIdentity.user, at: composition.clock.now())
            }
            let session = Session(
                epoch: lease.epoch, holder: holderName, operatorName: ProcessIdentity.user, goal: wanted,
                parallel: shape.parallel, isStepByStep: shape.isStepByStep,
                timeScale: try composition.timeScale(for: state.plan))
            let ended = try await run(state, session: session, lease: lease, journal: journal)
            try journal.release(lease)
            return ended
        } catch {
            // Why not with try: the error that brought us here says more than a lease that cannot be released, and an
            // unreleased lease of a process that is gone is taken over without a person.
            do { try journal.release(lease) } catch { Talk.say(Phrasebook.leaseNotReleased(error)) }
            throw error
        }
    }

    private var holderName: String { "\(ProcessIdentity.user)@\(ProcessIdentity.host)" }

    private func state(in journal: SQLiteJournal, under lease: Lease, fresh: (() throws -> RunHeader)?) throws -> RunState {
        if let header = try journal.latestRun() {
            let state = RunState.replay(header, entries: try journal.events(of: header.number))
            if !state.isOver || fresh == nil { return state }
        }
        guard let fresh else {
            throw CommandFault.nothingHasRun(runbook: try planName(), environment: target.environment)
        }
        return RunState(header: try journal.begin(try fresh(), under: lease))
    }

    private func run(
        _ state: RunState, session: Session, lease: Lease, journal: SQLiteJournal
    ) async throws -> RunState {
        let screen = RunScreen(plan: state.plan, options: composition.options)
        let stop = StopSignals(
            onFirst: { Talk.say(Phrasebook.stopping) },
            onSecond: { Exit.now(.interrupted, saying: Phrasebook.endedAtOnce) })
        let loop = RunLoop(
            journal: journal, executor: try composition.executor(for: state.plan), clock: composition.clock,
            progress: { screen.show($0) })
        return try await loop.run(state, session: session, lease: lease, stop: stop.stream)
    }
}

/// How a session is carried out.
struct SessionShape {
    var parallel = 8
    var isStepByStep = false
}
