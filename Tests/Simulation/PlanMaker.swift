import MigrateCore

/// Makes a plan and the world that it starts from.
struct PlanMaker {
    private let dice: Dice
    private var steps: [PlanStep] = []
    private(set) var things: [String: Value] = [:]
    private var shifts = 0
    /// Whether two steps work on one thing, so that the first is no longer as it was left.
    private var sharesThings = false

    /// Window that shuts soon after a night begins, which is at eight, and from then on for ten minutes an hour.
    static let window: String = {
        let later = (9...23).map { $0 < 10 ? "0\($0):00-0\($0):50" : "\($0):00-\($0):50" }
        return (["00:00-08:03", "08:10-08:50"] + later).joined(separator: ";") + " UTC"
    }()

    /// Whether the window is open.
    static func isWindowOpen(at time: Timestamp) -> Bool {
        let minute = time.milliseconds / 60_000 % 1440
        return minute < 483 || minute >= 490 && minute % 60 < 50
    }

    /// Text that must never be seen in a journal; steps name it as `${secrets.token}`.
    static let canary = "hunter2-canary"

    /// Makes a maker that throws `dice`.
    init(dice: Dice) { self.dice = dice }

    /// Plan of one to three phases.
    mutating func plan() -> Plan {
        let phases = (1...dice.pick([1, 1, 2, 2, 3])).map { PhaseID("phase-\($0)") }
        for phase in phases {
            let first = steps.count
            for _ in 0..<dice.within(1...3) { addItem(in: phase, after: first) }
        }
        var plan = Plan(
            runbook: "simulated",
            environment: "none",
            title: LocalizedText("Simulated"),
            phases: phases.map { phase in
                let asks = phase != phases.first && dice.chance(20) && !sharesThings
                return PlanPhase(
                    id: phase,
                    title: LocalizedText(phase.rawValue),
                    requirement: asks
                        ? .init(rollbackReady: dice.chance(70), verifiedWithin: dice.chance(50) ? .seconds(60) : nil)
                        : .init()
                )
            },
            steps: steps,
            approvals: [
                ApprovalPolicy(name: "go", minimum: dice.within(1...2), excludesInitiator: dice.chance(50)),
                ApprovalPolicy(name: "cutover", expires: .seconds(dice.within(20...600)), approvers: ["ann", "bob"]),
            ],
            secrets: [SecretDeclaration(name: "token", source: .environment(variable: Self.canary))]
        )
        // Why not by dice: the plans of seeds that are known stay what they were.
        if steps.count % 3 != 0 { plan.notices = notices }
        return plan
    }

    /// One that hears of everything, and one that hears of what a person must look at.
    private var notices: [PlanNotice] {
        let call = ActionCall(
            kind: "tell",
            parameters: ["text": "${notice.text} ${notice.head}", "password": "${secrets.token}"],
            effect: .nonIdempotent
        )
        return [
            PlanNotice(id: "team", call: call),
            PlanNotice(id: "pager", moments: [.waiting, .paused, .backedOut], call: call, timeout: .seconds(40)),
        ]
    }

    private mutating func addItem(in phase: PhaseID, after first: Int) {
        let needs = someNeeds(after: first)
        let item = dice.weighted([
            (40, 0), (8, 1), (14, 2), (8, 3), (5, 4), (6, 5), (shifts < 2 ? 18 : 0, 6),
        ])
        switch item {
        case 0: steps.append(action(in: phase, needs))
        case 1: steps.append(notice(in: phase, needs))
        case 2: steps.append(probe(in: phase, needs))
        case 3: steps.append(step(.confirm(approval: dice.pick(["go", "cutover"])), in: phase, needs))
        case 4: steps.append(step(.manual(text: LocalizedText("pull the lever")), in: phase, needs))
        case 5: steps.append(soak("\(dice.within(10...120))s", in: phase, needs, isWatched: dice.chance(60)))
        default: addShift(in: phase, needs)
        }
    }

    /// Earlier steps of the phase: all in a row, or side by side.
    private func someNeeds(after first: Int) -> [StepID] {
        guard steps.count > first else { return [] }
        if dice.chance(50) { return [steps[steps.count - 1].id] }
        return steps[first...].filter { _ in dice.chance(30) }.map(\.id)
    }

    private func step(_ work: PlanStep.Work, in phase: PhaseID, _ needs: [StepID]) -> PlanStep {
        let id = StepID("s\(steps.count + 1)")
        var step = PlanStep(id: id, phase: phase, title: LocalizedText(id.rawValue), work: work, needs: needs)
        if dice.chance(12) { step.when = dice.chance(70) ? "true" : "false" }
        step.timeout = .seconds(dice.pick([20, 60, 600]))
        step.retry = RetryPolicy(
            attempts: dice.within(1...4),
            patience: nil,
            interval: .seconds(5),
            ceiling: .seconds(30)
        )
        if dice.chance(15) { step.onFailure = .backOut }
        return step
    }

    private mutating func action(in phase: PhaseID, _ needs: [StepID]) -> PlanStep {
        // Why sometimes one that is there: two steps that work on one thing are undone in an order that shows.
        let earlier = steps.last { if case .action(let call) = $0.work { call.kind == "thing" } else { false } }
        var name = "t\(things.count + 1)"
        var needs = needs
        if let earlier, earlier.phase == phase, dice.chance(15), case .action(let call) = earlier.work {
            name = call.parameters["name"].interpolated
            needs = Array(Set(needs + [earlier.id])).sorted { $0.rawValue < $1.rawValue }
            sharesThings = true
        }
        let effect = dice.pick([EffectClass.token, .convergent, .reconcilable, .reconcilable])
        let want: Value = .string("made \(steps.count + 1)")
        let isNew = things[name] == nil
        if isNew { things[name] = dice.pick([.null, .null, "older", want]) }
        let call = ActionCall(
            kind: "thing",
            parameters: [
                "name": .string(name), "want": want, "password": "${secrets.token}",
                "compares": .bool(effect == .reconcilable && dice.chance(50)),
                "program": .bool(effect != .token && steps.count % 3 == 2),
            ],
            effect: effect
        )
        var step = step(.action(call), in: phase, needs)
        step.rollback = rollback(of: call, mayBeAction: isNew)
        addVerify(to: &step)
        if dice.chance(6) { step.isPointOfNoReturn = true }
        if steps.count % 4 == 1 { step.window = Self.window }
        return step
    }

    private func rollback(of call: ActionCall, mayBeAction: Bool) -> RollbackPlan {
        var back = call
        var parameters = call.parameters.object ?? [:]
        parameters["want"] = things[call.parameters["name"].interpolated] ?? .null
        back.parameters = .object(parameters)
        return dice.weighted([
            (70, .captured), (10, .keep), (6, .none(reason: "no way back")), (mayBeAction ? 10 : 0, .action(back)),
        ])
    }

    private mutating func notice(in phase: PhaseID, _ needs: [StepID]) -> PlanStep {
        let name = "n\(things.count + 1)"
        things[name] = .null
        let isByProgram = Value.bool(steps.count % 2 == 1)
        let call = ActionCall(
            kind: "notice",
            parameters: ["name": .string(name), "program": isByProgram],
            effect: .nonIdempotent
        )
        var step = step(.action(call), in: phase, needs)
        let back = ActionCall(
            kind: "notice",
            parameters: ["name": .string("\(name) back"), "program": isByProgram],
            effect: .nonIdempotent
        )
        step.rollback = dice.pick([.notNeeded, .keep, .none(reason: "sent is sent"), .action(back)])
        addVerify(to: &step)
        return step
    }

    private func addVerify(to step: inout PlanStep) {
        if dice.chance(30) {
            step.verify.append(ProbeCall(kind: "verify", parameters: [:], isAdvisory: dice.chance(20)))
        }
        if dice.chance(10) { step.verify.append(ProbeCall(kind: "verify", parameters: [:])) }
    }

    private func probe(in phase: PhaseID, _ needs: [StepID]) -> PlanStep {
        var step = step(.probe(ProbeCall(kind: "look", parameters: [:])), in: phase, needs)
        if dice.chance(20) { step.onFailure = .continue }
        if dice.chance(30) { step.capture = ["found": ".seen"] }
        return step
    }

    private func soak(_ length: String, in phase: PhaseID, _ needs: [StepID], isWatched: Bool) -> PlanStep {
        var step = step(.soak(length), in: phase, needs)
        step.watch = isWatched ? [ProbeCall(kind: "watch", parameters: [:])] : []
        if isWatched, dice.chance(30) { step.watch.append(ProbeCall(kind: "watch", parameters: [:], isAdvisory: true)) }
        return step
    }

    /// Moves traffic the way the catalog's own kind does: TTL, convert, weights with watched soaks, finish.
    private mutating func addShift(in phase: PhaseID, _ needs: [StepID]) {
        shifts += 1
        let composite = StepID("shift\(shifts)")
        let name = "r\(shifts)"
        things[name] = dice.chance(85) ? WantedImage.simple : WantedImage.weighted(0)
        let reaction = dice.chance(85) ? FailureReaction.backOut : .pause
        var needs = needs
        var parts: [(String, Int64?, KindDeclaration.TrafficRole?)] = []
        let isSimple = things[name] == WantedImage.simple
        if isSimple, dice.chance(60) { parts += [("ttl", nil, nil), ("wait-ttl", nil, nil)] }
        parts.append(("convert", 0, .home))
        for share in dice.pick([[10, 50, 100], [100], [1, 100]]) as [Int64] {
            parts += [("w\(share)", share, .away), ("soak-w\(share)", nil, nil)]
        }
        if dice.chance(60) { parts.append(("finish", nil, .away)) }
        for (part, share, traffic) in parts {
            let isSoak = part.contains("soak") || part.contains("wait")
            let isTTL = part == "wait-ttl"
            let length = isTTL && parts.contains { $0.0 == "ttl" } ? "${part.ttl.old_ttl}" : "\(dice.within(20...90))s"
            var step =
                isSoak
                ? soak(length, in: phase, needs, isWatched: !isTTL)
                : step(.action(record(name, part: part, share: share)), in: phase, needs)
            step.id = composite.part(part)
            step.composite = composite
            step.traffic = traffic
            step.when = nil
            step.onFailure = reaction
            if !isSoak { step.rollback = .captured }
            if shifts == 2 { step.window = Self.window }
            needs = [step.id]
            steps.append(step)
        }
    }

    private func record(_ name: String, part: String, share: Int64?) -> ActionCall {
        let parameters: Value = [
            "name": .string(name), "part": .string(part), "share": share.map { .integer($0) } ?? .null,
        ]
        return ActionCall(kind: "record", parameters: parameters, effect: .reconcilable)
    }
}
