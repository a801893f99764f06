import Journal
import MigrateCore
import Reports

/// Reaching the process that holds the run.
extension RunKeeper {
    /// Holder of the lease, when it may still be alive.
    func liveHolder() throws -> LeaseRecord? {
        guard let (journal, _) = try latest(), let holder = try journal.currentLease(), mayBeAlive(holder) else {
            return nil
        }
        return holder
    }

    private func mayBeAlive(_ holder: LeaseRecord) -> Bool {
        ProcessIdentity.mayBeAlive(holder, now: composition.clock.now())
    }

    /// Does `act`: through the live holder where there is one, else by taking the lease for as long as it takes.
    ///
    /// Throws: `RunRefusal.unknownStep`, `CommandFault.unknownApproval` when it is about nothing that the run has.
    func request(_ act: RunRequest.Act, by person: String = ProcessIdentity.user) async throws {
        let act = try understood(act, in: try latestOrRefuse().state)
        if let holder = try liveHolder() {
            _ = try await ask(act, of: holder, by: person, untilSessionEnds: false)
            return
        }
        let before = try latest()?.state.sequence ?? 0
        let state = try await carryOn("request", fresh: nil, acts: [act]) { _ in .answer }
        let journal = try composition.journal(
            runbook: state.plan.runbook,
            environment: state.plan.environment,
            mode: .readOnly
        )
        for entry in try journal.events(of: state.header.number) where entry.sequence > before {
            if case .run(.requestRefused(_, let reason)) = entry.event { throw CommandFault.requestRefused(reason) }
        }
    }

    /// `act` with its step as the plan names it; people may put the phase before it.
    private func understood(_ act: RunRequest.Act, in state: RunState) throws -> RunRequest.Act {
        let plan = state.plan
        switch act {
        case .approve(let name, _, _, _), .reject(let name, _), .revoke(let name):
            let known = plan.approvals.map(\.name)
            guard known.contains(name) else { throw CommandFault.unknownApproval(name, known: known) }
            return act
        case .skip(let step, let reason): return .skip(try plan.step(meantBy: step.rawValue), reason: reason)
        case .retry(let step): return .retry(try plan.step(meantBy: step.rawValue))
        case .keepAsIs(let step, let reason): return .keepAsIs(try single(step, in: state), reason: reason)
        case .resolve(let step, let applied, let reason):
            return .resolve(try single(step, in: state), applied: applied, reason: reason)
        case .done(let step, let comment): return .done(try single(step, in: state), comment: comment)
        case .accept(let phase, _):
            let known = plan.phases.map(\.id.rawValue)
            guard known.contains(phase.rawValue) else { throw RunRefusal.unknownPhase(phase.rawValue, known: known) }
            return act
        case .pause, .resume, .cancel, .backOut: return act
        }
    }

    /// The one step that `name` means: of a loop or composite a person says which.
    private func single(_ name: StepID, in state: RunState) throws -> StepID {
        let step = try state.plan.step(meantBy: name.rawValue)
        guard state.step(step) == nil else { return step }
        let parts = state.plan.steps.map(\.id).filter(step.covers)
        throw CommandFault.manySteps(name.rawValue, parts.map(\.rawValue))
    }

    /// How long the holder may take to answer; it looks for requests four times a second.
    static let patience: Duration = .seconds(15)
    static let interval: Duration = .milliseconds(100)

    /// Leaves `act` for `holder` and waits for what it makes of it.
    ///
    /// With `untilSessionEnds` the end of its session is awaited and returned.
    /// Throws: `CommandFault.requestRefused`, `CommandFault.noAnswer`.
    func ask(
        _ act: RunRequest.Act,
        of holder: LeaseRecord,
        by person: String = ProcessIdentity.user,
        untilSessionEnds: Bool
    ) async throws -> SessionEnd? {
        guard let (_, state) = try latest() else { return nil }
        let journal = try composition.journal(
            runbook: state.plan.runbook,
            environment: state.plan.environment,
            mode: .readWrite(create: false)
        )
        let request = try journal.insert(act, by: person, at: composition.clock.now())
        Talk.say(Phrasebook.asked(holder, to: act, in: language))
        let start = composition.clock.now()
        var isTaken = false
        while true {
            // Why before the events: whoever is gone has written its last by then, and it is read below.
            let isGone = try isTaken && !(journal.currentLease().map(mayBeAlive) ?? false)
            for entry in try journal.events(of: state.header.number, after: state.sequence) {
                switch entry.event {
                case .run(.requestTaken(let taken)) where taken.id == request.id:
                    isTaken = true
                    if !untilSessionEnds { return nil }
                case .run(.requestRefused(let refused, let reason)) where refused.id == request.id:
                    throw CommandFault.requestRefused(reason)
                case .run(.sessionEnded(let end)) where isTaken:
                    Talk.say(ReportWords.text(of: end, in: language))
                    return end
                case .run, .step, .change: break
                }
            }
            if isGone { throw CommandFault.holderGone }
            if !isTaken, composition.clock.now() - start > Self.patience { throw CommandFault.noAnswer(holder) }
            try await composition.clock.sleep(for: Self.interval)
        }
    }
}
