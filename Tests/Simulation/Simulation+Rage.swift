import MigrateCore

/// The bad part of the night: everything that can happen does.
extension Simulation {
    /// Lets an operator, another writer and fate do as they please for a while.
    func rage() {
        cloud.manners = .bad(dice)
        ills = dice.pick([0, 0, 5, 20])
        start(randomErrand())
        for _ in 0..<dice.within(1...14) where goesOn {
            if dice.chance(50) {
                let due = scheduler.jobsRun + dice.within(1...150)
                proceed { scheduler.jobsRun >= due }
            } else {
                let due = scheduler.now + .milliseconds(dice.within(0...dice.pick([2_000, 60_000, 600_000])) / scale)
                proceed { scheduler.now >= due }
            }
            act()
        }
    }

    private func act() {
        guard let holder else {
            // Why sometimes late: calls of the last process may or may not have arrived by then.
            if dice.chance(50) { wait(.milliseconds(dice.within(0...90_000) / scale)) }
            return start(randomErrand())
        }
        switch dice.below(12) {
        case 0...3: request()
        case 4:
            auditor.story("Ctrl-C for #\(holder.number)")
            holder.interrupt()
        case 5, 6: kill(holder)
        case 7: stall(holder)
        case 8, 9: edit()
        case 10: start(randomErrand())
        default: break
        }
    }

    private func kill(_ process: SimulatedProcess) {
        auditor.story("#\(process.number) is killed")
        process.kill()
    }

    private func stall(_ process: SimulatedProcess) {
        let length = Duration.milliseconds(dice.within(1000...180_000))
        auditor.story("#\(process.number) stalls for \(length.shortText)")
        process.isStalled = true
        scheduler.after(length) { [auditor] in
            if process.isStalled { auditor.story("#\(process.number) goes on") }
            process.isStalled = false
        }
        guard dice.chance(70) else { return }
        scheduler.after(.milliseconds(dice.within(0...150_000))) { [unowned self] in
            guard process.isStalled else { return }
            var errand = randomErrand()
            errand.takesOver = true
            start(errand)
        }
    }

    private func edit() {
        guard let name = dice.any(of: cloud.things.keys.sorted().filter { !$0.hasPrefix("n") }) else { return }
        // Why a record always: no shift can begin from what somebody else made of it, so it is to be put back.
        cloud.edit(name, isOwned: name.hasPrefix("r") || auditor.owns(name))
    }

    private func request() {
        let state = auditor.shadow
        let person = dice.pick(["ann", "bob", "cid"])
        let step = dice.pick(state.plan.steps).id
        let waiting = state.plan.steps.filter { step in
            switch state.record(of: step.id)?.state {
            case .waitingApproval, .waitingPerson: true
            default: false
            }
        }
        if let asking = dice.any(of: waiting), dice.chance(60) {
            switch asking.work {
            case .confirm(let name):
                return ask(dice.chance(80) ? approval(of: name) : .reject(name, comment: nil), by: person)
            default: return ask(.done(asking.id, comment: nil), by: person)
            }
        }
        switch dice.below(12) {
        case 0: ask(dice.chance(5) ? .cancel(reason: "enough") : .pause, by: person)
        case 8, 9: ask(.resume, by: person)
        case 10: ask(.revoke(dice.pick(["go", "cutover"])), by: person)
        case 11: ask(.accept(dice.pick(state.plan.phases).id, reason: "seen"), by: person)
        case 1, 2: ask(.backOut(), by: person)
        case 3: ask(.skip(step, reason: "not needed"), by: person)
        case 4: ask(.retry(step), by: person)
        case 5: ask(.keepAsIs(step, reason: "left"), by: person)
        case 6: for act in truths() where dice.chance(70) { ask(act, by: person) }
        default: ask(approval(of: dice.pick(["go", "cutover"])), by: person)
        }
    }

    private func randomErrand() -> Errand {
        var errand: Errand
        switch dice.below(20) {
        case 0...9: errand = .forward()
        case 10, 11: errand = partOfTheWay()
        case 12...15: errand = .rollback(randomScope(), includeKept: dice.chance(20), acts: someLeftAsIs())
        case 16, 17: errand = .backOut
        default: errand = .answer(truths())
        }
        errand.takesOver = dice.chance(50)
        errand.parallel = dice.pick([1, 2, 8])
        errand.isStepByStep = dice.chance(10)
        return errand
    }

    private func partOfTheWay() -> Errand {
        let phases = auditor.shadow.plan.phases
        let from = dice.chance(30) ? dice.pick(phases).id : nil
        let through = dice.chance(70) ? dice.pick(phases).id : nil
        let only = dice.chance(30) ? dice.pick(auditor.shadow.plan.steps) : nil
        let isWhole = dice.chance(50)
        return Errand(name: "run part") { _ in
            if let only {
                let meant = isWhole ? StepID(only.id.declared) : only.id
                return .forward(from: only.phase, through: only.phase, only: meant)
            }
            return .forward(from: from, through: through, only: nil)
        }
    }

    private func randomScope() -> RollbackScope {
        let plan = auditor.shadow.plan
        switch dice.below(7) {
        case 6: return .unfinished
        case 0: return .phase(dice.pick(plan.phases).id)
        case 1: return .toPhase(dice.pick(plan.phases).id)
        case 2: return .toStep(dice.pick(plan.steps).id)
        case 3: return .newestPhase
        default: return .all
        }
    }

    private func someLeftAsIs() -> [RunRequest.Act] {
        dice.chance(10) ? [.keepAsIs(dice.pick(auditor.shadow.plan.steps).id, reason: "left")] : []
    }
}
