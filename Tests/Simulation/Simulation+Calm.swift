import MigrateCore

/// The morning after: the world behaves, and an operator who says what is true gets everywhere.
extension Simulation {
    /// Sessions after which an operator who does everything right must be through.
    private static let patience = 25
    /// Ends that the operator may want: true is forward.
    private static let wishes = [
        [true], [true], [true], [false], [false], [true, false], [true, false], [true, false, true],
    ]

    /// Carries the run to its end, or everything back, or both.
    func calmDown() {
        cloud.manners = .good
        ills = 0
        auditor.story("calm")
        helpEvery(.seconds(15))
        for process in processes { process.isStalled = false }
        proceedToTheEnd()
        for isForward in dice.pick(Self.wishes) where goesOn {
            if isForward, carryForward() {
                judgeForward()
            } else {
                carryBack()
                judgeBack()
            }
        }
    }

    /// What a person would say of everything in doubt after looking, things that are neither set right first.
    ///
    /// Why not of what has just left: it may still be on its way, and a person who looks too early sees nothing of it.
    func truths() -> [RunRequest.Act] {
        var acts: [RunRequest.Act] = []
        for (index, step) in auditor.shadow.plan.steps.enumerated() {
            guard case .inDoubt(let attempt, let change, _) = auditor.shadow.records[index].state else { continue }
            let intent = auditor.intents.last { $0.attempt == attempt }
            if let sent = intent?.sentAt, scheduler.now - sent <= cloud.requestLifetime { continue }
            // Why sometimes gone: what a rollback left may be taken back by hand before the run goes forward again.
            let isLeft = attempt.direction == .forward && auditor.shadow.records[index].isTakenAsFound
            let isGone = isLeft && change.kind == "notice" && dice.chance(50)
            if isGone { auditor.takenBack(step.id) }
            let isExecuted = intent.map { $0.executions > 0 } ?? false
            let isApplied = !isGone && truth(of: change, in: attempt, isExecuted: isExecuted)
            acts.append(.resolve(step.id, applied: isApplied, reason: "looked"))
        }
        return acts
    }

    private func truth(of change: Change, in attempt: Attempt, isExecuted: Bool) -> Bool {
        if change.kind == "notice" { return isExecuted }
        let name = change.parameters["name"].interpolated
        cloud.putBack(name)
        if cloud.image(name) == change.to { return true }
        // Why not after a try that was made: it may have left something, and what a shift found is told by its anchor.
        let found = auditor.shadow.record(of: attempt.step)?.owned?.before
        let isFirst = attempt.direction == .forward && found == change.from && !name.hasPrefix("r")
        let isOwned = !isFirst || auditor.owns(name, beside: attempt.step)
        if cloud.image(name) != change.from { cloud.mend(name, to: change.from, isOwned: isOwned) }
        return false
    }

    private func proceedToTheEnd() {
        let limit = scheduler.now + .seconds(24 * 3600)
        proceed { scheduler.now > limit }
        auditor.demand(!goesOn || processes.isEmpty, "a session in a good world has not ended after a day")
    }

    /// People answer whatever waits for them.
    private func helpEvery(_ interval: Duration) {
        scheduler.after(interval) { [unowned self] in
            if lastRequest == auditor.shadow.lastRequest { help() }
            helpEvery(interval)
        }
    }

    /// A yes to what is shown at this moment.
    func approval(of name: String) -> RunRequest.Act {
        let index = auditor.shadow.plan.steps.indices.first { index in
            guard case .waitingApproval = auditor.shadow.records[index].state else { return false }
            return auditor.shadow.plan.steps[index].work == .confirm(approval: name)
        }
        let digest = index.flatMap { auditor.shadow.records[$0].subject?.digest }
        return .approve(name, comment: nil, digest: digest, principal: nil)
    }

    private func help() {
        // Why: a session that was halted with traffic away stays to watch it, until a person lets it go on or go.
        if case .paused? = auditor.shadow.halting, auditor.shadow.session != nil {
            if dice.chance(50) { ask(.resume, by: "bob") } else { holder?.interrupt() }
        }
        for (index, step) in auditor.shadow.plan.steps.enumerated() {
            let record = auditor.shadow.records[index]
            switch (record.state, step.work) {
            case (.waitingPerson, _): ask(.done(step.id, comment: nil), by: "bob")
            case (.waitingApproval, .confirm(let name)):
                let given = record.approvals.map(\.by)
                for person in ["bob", "cid", "dan"] where !given.contains(person) {
                    ask(approval(of: name), by: person)
                }
            default: break
            }
        }
    }

    private func settle() {
        wait(cloud.requestLifetime + .seconds(90))
        cloud.putBackEdits()
    }

    /// Tells whether it came to the end; a run that was given up does not.
    private func carryForward() -> Bool {
        for round in 0..<Self.patience where goesOn {
            settle()
            let state = auditor.shadow
            if state.session == nil, state.plan.phases.allSatisfy({ state.isPassed($0.id) }),
                state.lastEnd == .goalReached
            {
                return true
            }
            if state.isCanceled { return false }
            let isStuck =
                !state.unsureAnchors.isEmpty
                || state.records.contains { if case .rollbackFailed = $0.state { true } else { false } }
            let acts = round > 3 ? leaveWhatConflicts() : truths()
            let others = accepted() + (round > 3 ? leftOut() : [])
            begin(isStuck ? .rollback(.all, includeKept: false, acts: acts) : .forward(acts: truths() + others))
        }
        auditor.demand(!goesOn, "not done after \(Self.patience) sessions in a good world")
        return true
    }

    private func carryBack() {
        let includeKept = dice.chance(30)
        for round in 0..<Self.patience where goesOn {
            settle()
            if isEverythingBack(includeKept: includeKept) { return }
            let acts = round > 3 ? leaveWhatConflicts() + truths() : dice.chance(50) ? truths() : []
            begin(.rollback(.all, includeKept: includeKept, acts: acts))
        }
        auditor.demand(!goesOn, "not rolled back after \(Self.patience) sessions in a good world")
    }

    /// Steps that fail whatever is done are left out, say since a part that they build upon was.
    private func leftOut() -> [RunRequest.Act] {
        auditor.shadow.plan.steps.compactMap { step in
            guard let record = auditor.shadow.record(of: step.id), record.owned == nil, case .failed = record.state
            else { return nil }
            return .skip(step.id, reason: "cannot be done")
        }
    }

    /// What keeps a phase from going on is let be, where nothing can be put back: somebody changed what was only found.
    private func accepted() -> [RunRequest.Act] {
        switch auditor.shadow.lastEnd {
        case .paused(.drift(let phase, _))?, .paused(.requirement(let phase, _))?: [.accept(phase, reason: "seen")]
        default: []
        }
    }

    private func begin(_ errand: Errand) {
        var errand = errand
        errand.takesOver = true
        start(errand)
        proceedToTheEnd()
    }

    private func isEverythingBack(includeKept: Bool) -> Bool {
        zip(auditor.shadow.plan.steps, auditor.shadow.records).allSatisfy { step, record in
            record.owned == nil || record.state == .kept && !includeKept || record.isLeftAsIs
                || auditor.isLeftInDoubt(step.id, includeKept: includeKept)
        }
    }

    private func leaveWhatConflicts() -> [RunRequest.Act] {
        auditor.shadow.plan.steps.compactMap { step in
            guard case .rollbackFailed = auditor.shadow.record(of: step.id)?.state else { return nil }
            return .keepAsIs(step.id, reason: "left as it is")
        }
    }

    /// Every thing is as the last step that works on it wants it.
    private func judgeForward() {
        guard goesOn else { return }
        for name in predictableThings {
            let working = auditor.steps(on: name).filter {
                switch auditor.shadow.record(of: $0.id)?.state {
                case .succeeded, .alreadySatisfied: true
                default: false
                }
            }
            // Why none after an edit of what the run had found in place: nobody has looked since.
            guard let last = working.last, case .action(let call) = last.work, cloud.image(name)["edited"] == .null
            else { continue }
            if case .satisfied = WantedImage(of: call, over: cloud.image(name)) { continue }
            auditor.violated("done, and `\(name)` is \(cloud.image(name).text), which `\(last.id)` does not want")
        }
    }

    /// The world is as it was, but for what was left on purpose.
    private func judgeBack() {
        guard goesOn else { return }
        for name in predictableThings {
            let steps = auditor.steps(on: name)
            if steps.contains(where: { auditor.shadow.record(of: $0.id)?.owned != nil }) { continue }
            let before = cloud.baseline[name] ?? .null
            let goesByAction = steps.contains { if case .action = $0.rollback { true } else { false } }
            if goesByAction, before["edited"] != .null { continue }
            let found = cloud.image(name)
            auditor.demand(found == before, "undone, and `\(name)` is \(found.text), not \(before.text)")
        }
    }

    private var predictableThings: [String] {
        cloud.things.keys.sorted().filter { name in
            !name.hasPrefix("n") && cloud.edits[name] == nil && !cloud.unpredictable.contains(name)
        }
    }
}
