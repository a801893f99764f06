/// How a run goes over to another definition.
extension RunMachine {
    /// Goes over to `definition`, applies that, and returns it for the journal; the revision's number is given here.
    ///
    /// Rule: every step that did something, or may have, must be the same in it. Why: it has to be undone as it was
    /// done, and what was shown to people when they said yes must stay what happened.
    /// Throws: `RunRefusal`; nothing is applied then. What the encoding of a plan throws.
    public mutating func revise(
        to definition: inout RunDefinition,
        sourceDigest: String,
        by: String,
        at now: Timestamp
    ) throws -> [JournalEntry] {
        guard !state.isCanceled else { throw RunRefusal.canceled }
        guard definition.digest != state.header.digest else { throw RunRefusal.nothingToRevise }
        let comparison = try PlanComparison(from: state.plan, to: definition.plan)
        let broken = try differencesOfExecuted(comparison)
        guard broken.isEmpty else { throw RunRefusal.executedStepsDiffer(broken) }
        definition.revision = state.revision + 1
        let revision = PlanRevision(of: definition, sourceDigest: sourceDigest, by: by, comparison: comparison)
        state.header.revisions.append(definition)
        let revised = apply([.run(.revised(revision))], at: now)
        return revised + apply(openApprovals, at: now)
    }

    /// People who said yes said it to another definition.
    private var openApprovals: [RunEvent] {
        state.active.sorted().compactMap { index in
            guard case .waitingApproval = state.records[index].state, !state.records[index].approvals.isEmpty else {
                return nil
            }
            return .step(state.plan.steps[index].id, .approvalsDropped(reason: "the definition was revised"))
        }
    }

    /// Executed steps that are no longer what they were; a step that is gone has no members.
    private func differencesOfExecuted(_ comparison: PlanComparison) throws -> [StepDifference] {
        let gone = comparison.removed.map { StepDifference(step: $0, members: []) }
        return (gone + comparison.changed).filter { state.record(of: $0.step)?.isBinding ?? false }
    }
}

extension StepRecord {
    /// Whether the step did something, or may have, or was passed over on purpose: what it is must stay so.
    var isBinding: Bool {
        if owned != nil || state.isPassed { return true }
        switch state {
        case .changing(_, let stage): return stage != .preparing
        case .inDoubt, .rollingBack, .rollbackFailed, .rollbackSkipped, .kept: return true
        case .pending, .deciding, .probing, .verifying, .soaking, .waitingWindow, .waitingApproval, .waitingPerson,
            .succeeded, .alreadySatisfied, .skipped, .failed, .canceled, .rolledBack:
            return false
        }
    }
}

extension RunState {
    /// Switches to the definition of `revision`, and carries over what is known of its steps by their ids.
    mutating func apply(_ revision: PlanRevision) {
        guard let definition = header.revisions.first(where: { $0.revision == revision.number }) else { return }
        let before = self
        header.plan = definition.plan
        header.digest = definition.digest
        header.source = definition.source
        self.revision = revision.number
        places = PlanIndex(plan)
        records = StepRecords(places)
        for (index, step) in plan.steps.enumerated() {
            guard let old = before.places.steps[step.id] else { continue }
            records[index] = before.records[old].carried(isSame: step.doesTheSame(as: before.plan.steps[old]))
        }
        active = Set(records.indices.filter { records[$0].state.isActive })
        backOut?.queue = before.backOut?.queue.compactMap { places.steps[before.plan.steps[$0].id] } ?? []
        phasesEnded = phasesEnded.filter { isPassed($0) }
        for phase in plan.phases where places.phases[phase.id] == nil { phasesEnded.insert(phase.id) }
    }
}

extension StepRecord {
    /// Record to go on with; of a step that does something else now only the count of tries is left.
    fileprivate func carried(isSame: Bool) -> StepRecord {
        if isSame || isBinding { return self }
        var record = StepRecord()
        record.attempts = attempts
        record.startOrder = startOrder
        return record
    }
}
