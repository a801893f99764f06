import MigrateCore

/// A process's way to the world, with everything that goes wrong between the two.
final class CloudClient: StepExecutor, @unchecked Sendable {
    // Why unchecked: touched by the scheduler's one thread alone.
    let cloud: SimulatedCloud
    let process: SimulatedProcess
    var dice: Dice { cloud.dice }
    private var manners: Manners { cloud.manners }

    /// Makes the way of `process` to `cloud`.
    init(cloud: SimulatedCloud, process: SimulatedProcess) {
        self.cloud = cloud
        self.process = process
    }

    /// Asks one probe once.
    func probe(_ call: ProbeCall, in scope: StepScope) async -> Finding<ProbeAnswer> {
        await latency()
        if dice.chance(manners.unreadable) { return Finding(ProbeAnswer(.error(Problem("no answer")))) }
        if dice.chance(manners.noData) { return Finding(ProbeAnswer(.inconclusive("no data"))) }
        if dice.chance(manners.failing) { return Finding(ProbeAnswer(.fail("5xx"), isFinal: dice.chance(20))) }
        return Finding(ProbeAnswer(.pass("fine"), captures: ["seen": .string("fine")]))
    }

    /// Looks at a thing before an action.
    func prepare(_ call: ActionCall, in scope: StepScope) async -> Finding<Preparation> {
        await latency()
        if dice.chance(manners.unreadable) { return Finding(.unknown(Problem("could not look"))) }
        if call.kind == "tell" { return Finding(.change(letter(scope))) }
        let found = cloud.image(call.parameters["name"].interpolated)
        // Why as a whole and not per thing: what the record holds decides what its next image is.
        let wanted = WantedImage(of: call, over: found)
        if let left = scope.left, found != left, !wanted.isSatisfied {
            return Finding(.conflict(expected: left, found: found))
        }
        switch wanted {
        case .satisfied(let captures): return Finding(.alreadySatisfied("there already", captures: captures))
        case .refused(let why): return Finding(.refused(Problem(why)))
        case .change(let wanted):
            cloud.auditor.prepared(scope.step, by: process)
            var change = Change(
                kind: call.kind,
                parameters: call.parameters,
                from: found,
                to: wanted,
                token: scope.token,
                effect: call.effect,
                summary: "\(call.parameters["name"].interpolated): \(found.text) → \(wanted.text)"
            )
            if call.parameters["program"] == true { change.startsProgram = true }
            await latency()
            return Finding(.change(change), evidence: [evidence("look \(scope.step)")])
        }
    }

    /// Asks whether the world has caught up.
    func settle(_ change: Change, receipt: Value, in scope: StepScope) async -> Finding<Settlement> {
        await latency()
        if dice.chance(manners.unreadable) { return Finding(.unknown(Problem("could not look"))) }
        if dice.chance(manners.lagging) { return Finding(.pending("not yet everywhere")) }
        let found = cloud.image(change.parameters["name"].interpolated)
        if change.kind != "notice", found != change.to {
            if change.kind == "record" { return Finding(.conflict(found: found)) }
            return Finding(.pending("not yet seen as wanted"))
        }
        return Finding(.settled(after: change.to, captures: WantedImage.captures(of: change)))
    }

    /// Looks where a change got to.
    func reconcile(_ change: Change, in scope: StepScope) async -> Finding<Reconciliation> {
        await latency()
        if dice.chance(manners.unreadable) { return Finding(.unknown(Problem("could not look"))) }
        let found = cloud.image(change.parameters["name"].interpolated)
        if change.kind == "notice" { return Finding(.unclear(Problem("it leaves no trace"), found: .null)) }
        if found == change.to { return Finding(.applied(receipt: ["adopted": true])) }
        if found == change.from {
            cloud.auditor.prepared(scope.step, by: process)
            return Finding(.notApplied)
        }
        return Finding(.unclear(Problem("neither before nor after"), found: found))
    }

    /// Looks before undoing.
    func prepareReturn(
        of change: Change,
        acceptable: [Value],
        target: Value,
        in scope: StepScope
    ) async -> Finding<ReturnPreparation> {
        await latency()
        if dice.chance(manners.unreadable) { return Finding(.unknown(Problem("could not look"))) }
        let found = cloud.image(change.parameters["name"].interpolated)
        if found == target { return Finding(.alreadyThere("as before")) }
        guard acceptable.contains(found) else {
            return Finding(.conflict(expected: acceptable.first ?? .null, found: found))
        }
        cloud.auditor.prepared(scope.step, by: process)
        var back = change
        back.from = found
        back.to = target
        back.token = scope.token
        await latency()
        return Finding(.change(back))
    }

    /// Judges a condition; its text says how.
    func evaluate(condition expression: String, in scope: StepScope) async -> Finding<Verdict> {
        await latency()
        if dice.chance(manners.noData) { return Finding(.inconclusive("no such fact")) }
        return Finding(expression == "true" ? .pass("true") : .fail("`\(expression)` is false"))
    }

    /// A look takes some time, or next to none.
    private func latency() async {
        if dice.chance(60) { return }
        await pause(dice.milliseconds(0...2000) / scale)
    }

    private var scale: Int { Int(30_000 / cloud.requestLifetime.inMilliseconds) }

    func pause(_ length: Duration) async {
        // Why nothing on an error: it means that the process is gone, which the caller of the call finds out.
        do { try await process.exactSleep(for: length) } catch {}
    }

    private func evidence(_ subject: String) -> Evidence {
        Evidence(subject: subject, summary: "‹redacted›", at: process.now())
    }
}

extension CloudClient {
    /// Nothing is left behind.
    func forget(_ program: ChildProgram) async -> Problem? { nil }

    /// Sends the one mutating call of `change`.
    func perform(
        _ change: Change,
        in scope: StepScope,
        programs: ProgramLedger
    ) async -> Finding<PerformOutcome> {
        if process.isDead { return Finding(.unknown(Problem("dead"))) }
        if change.kind == "tell" { return await tell(change) }
        if change.startsProgram == true { return await performByProgram(change, of: scope.step, programs) }
        guard let intent = cloud.auditor.sent(change, of: scope.step, by: process) else {
            return Finding(.unknown(Problem("refused by the auditor")))
        }
        let fate = fate(of: change)
        let answer = Answer()
        let lifetime = Int(cloud.requestLifetime.inMilliseconds)
        let arrival = fate == .slow ? dice.within(lifetime / 2...lifetime - 1) : dice.within(0...lifetime / 20)
        cloud.auditor.story(
            "sent \(intent.attempt) (\(change.effect)), which will be \(fate), arriving in \(arrival) ms"
        )
        cloud.scheduler.after(.milliseconds(arrival)) { [cloud] in
            answer.outcome = Self.arrived(intent, fate: fate, at: cloud)
        }
        let isAnswered = fate == .good || fate == .refused || fate == .throttled || fate == .slow && dice.chance(50)
        let back = isAnswered ? arrival + dice.within(0...lifetime / 20) : lifetime
        await pause(.milliseconds(min(back, lifetime)))
        intent.awaitedBy.remove(process.number)
        if isAnswered, !Task.isCancelled, case .applied = answer.outcome { intent.answered = process }
        return Finding(isAnswered ? answer.outcome : .unknown(Problem("no answer")))
    }

    private func letter(_ scope: StepScope) -> Change {
        Change(
            kind: "tell",
            parameters: ["notice": scope.facts["notice"] ?? .null],
            from: .null,
            to: ["sent": true],
            token: scope.token,
            effect: .nonIdempotent,
            summary: "tell"
        )
    }

    /// Sends a notice, which comes or does not, sooner or later.
    private func tell(_ change: Change) async -> Finding<PerformOutcome> {
        cloud.auditor.tells(change.token, by: process)
        let fate = fate(of: change)
        if fate == .refused || fate == .throttled {
            await pause(.milliseconds(dice.within(0...500)))
            return Finding(.notApplied(Problem("refused"), isTransient: fate == .throttled))
        }
        let arrival = dice.within(0...(fate == .slow ? 60_000 : 500))
        if fate != .lost {
            cloud.scheduler.after(.milliseconds(arrival)) { [auditor = cloud.auditor] in auditor.told(change.token) }
        }
        await pause(.milliseconds(arrival + 1))
        let isAnswered = fate == .good || fate == .slow || fate == .partial
        return Finding(isAnswered ? .applied(receipt: "receipt") : .unknown(Problem("no answer")))
    }

    enum Fate {
        case good
        case slow
        case refused
        case throttled
        case lost
        case answerLost
        case partial
    }

    /// What the service answers, once it does.
    private final class Answer {
        var outcome = PerformOutcome.unknown(Problem("no answer"))
    }

    func fate(of change: Change) -> Fate {
        let mayBeHalf = change.effect == .reconcilable && !SimulatedCloud.comparesBeforeWriting(change)
        let ills: [(Fate, Int)] = [
            (.refused, manners.refused), (.throttled, manners.throttled), (.lost, manners.lost),
            (.answerLost, manners.answerLost), (.partial, mayBeHalf ? manners.partial : 0), (.slow, manners.slow),
        ]
        for (fate, chance) in ills where dice.chance(chance) { return fate }
        return .good
    }

    static func arrived(_ intent: Intent, fate: Fate, at cloud: SimulatedCloud) -> PerformOutcome {
        switch fate {
        case .refused: return .notApplied(Problem("access denied"), isTransient: false)
        case .throttled: return .notApplied(Problem("slow down"), isTransient: true)
        case .lost: return .unknown(Problem("no answer"))
        case .good, .slow, .answerLost, .partial:
            switch cloud.execute(intent, isHalf: fate == .partial) {
            case .made: return .applied(receipt: "receipt")
            case .refused(let why): return .notApplied(Problem(why), isTransient: false)
            }
        }
    }
}
