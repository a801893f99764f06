import MigrateCore
import Synchronization

/// A small cloud: things by name, each made by one call; it refuses whatever the rules of a run forbid.
final class ModelCloud: StepExecutor {
    /// How a call goes wrong.
    enum Manner: Sendable {
        /// It is made, and the answer arrives.
        case good
        /// It is made, and the answer is lost.
        case answerLost
        /// It never arrives, and nobody knows.
        case lost
        /// The service refuses.
        case refused
        /// It is made, and the answer never comes; whoever waits for it waits for ever.
        case endless
    }

    struct State {
        var things: [String: Value] = [:]
        var calls: [String] = []
        var manners: [String: Manner] = [:]
        var verdicts: [String: [Verdict]] = [:]
        var intended: Set<String> = []
        var violations: [String] = []
        /// Names of things that programs make.
        var programs: Set<String> = []
        /// Folders of programs that were let go, and did their work.
        var ended: Set<String> = []
        /// Names of programs whose outcomes are durable.
        var forgotten: [String] = []
        /// What would be lost with things, by name, as a look before a change tells.
        var risks: [String: String] = [:]
        /// Notices that were sent, by the id of the notice and what they carried.
        var told: [(notice: String, fields: Value)] = []
        /// Called when a notice was sent, with its name and its moment.
        var onTell: @Sendable (String, String) -> Void = { _, _ in }
        /// Called before each probe with what there is and how many were asked before.
        var atProbe: @Sendable (inout [String: Value], Int) -> Void = { _, _ in }
        /// Probes asked.
        var probes = 0
        /// What things wait for once they were made, by name; told of once.
        var pending: [String: String] = [:]
        /// Calls that were made again, to no harm.
        var repeats = 0
        /// Second programs for one intent that were refused.
        var refusals = 0
    }

    let state = Mutex(State())
    private let atLook: @Sendable (String) async -> Void
    private let atSettle: @Sendable (String) async -> Void

    /// Makes an empty cloud; `atLook` is awaited in each look before a change, `atSettle` in each one after it, with the
    /// name of the thing.
    init(
        atLook: @escaping @Sendable (String) async -> Void = { _ in },
        atSettle: @escaping @Sendable (String) async -> Void = { _ in }
    ) {
        self.atLook = atLook
        self.atSettle = atSettle
    }

    /// Tells the cloud of an intent on record; a call without one is a violation.
    func sawIntent(_ change: Change) { state.withLock { _ = $0.intended.insert(Self.key(change)) } }

    private static func key(_ change: Change) -> String { "\(change.kind) \(change.parameters.text) \(change.to.text)" }

    func probe(_ call: ProbeCall, in scope: StepScope) async -> Finding<ProbeAnswer> {
        let verdict = state.withLock { state -> Verdict in
            state.atProbe(&state.things, state.probes)
            state.probes += 1
            guard var script = state.verdicts[call.kind], !script.isEmpty else { return .pass("fine") }
            let next = script.count == 1 ? script[0] : script.removeFirst()
            state.verdicts[call.kind] = script
            return next
        }
        return Finding(ProbeAnswer(verdict))
    }

    func prepare(_ call: ActionCall, in scope: StepScope) async -> Finding<Preparation> {
        if call.kind == "tell" { return Finding(.change(letter(call, scope))) }
        await atLook(call.parameters["name"].interpolated)
        let found = thing(call.parameters)
        let wanted = call.parameters["want"]
        if found == wanted { return Finding(.alreadySatisfied("there already", captures: [:])) }
        var change = Change(
            kind: call.kind,
            parameters: call.parameters,
            from: found,
            to: wanted,
            token: scope.token,
            effect: call.effect,
            summary: "make \(call.parameters["name"].interpolated)"
        )
        if isByProgram(change) { change.startsProgram = true }
        let name = call.parameters["name"].interpolated
        let evidence = state.withLock { $0.risks[name] }.map {
            [
                Evidence(
                    subject: name,
                    summary: $0,
                    facts: [Evidence.atRisk: .string($0)],
                    at: Timestamp(milliseconds: 0)
                )
            ]
        }
        return Finding(.change(change), evidence: evidence ?? [])
    }

    private func isByProgram(_ change: Change) -> Bool {
        state.withLock { $0.programs.contains(change.parameters["name"].interpolated) }
    }

    func forget(_ program: ChildProgram) async -> Problem? {
        state.withLock { $0.forgotten.append(program.name) }
        return nil
    }

    func perform(_ change: Change, in scope: StepScope, programs: ProgramLedger) async -> Finding<PerformOutcome> {
        if change.kind == "tell" { return await tell(change) }
        guard isByProgram(change) else {
            let isEndless = state.withLock { $0.manners[change.parameters["name"].interpolated] == .endless }
            let finding = call(change)
            if isEndless { for await _ in AsyncStream<Void>.makeStream().stream {} }
            return finding
        }
        if let earlier = programs.earlier {
            return Finding(state.withLock { $0.ended.contains(earlier.folder) ? .applied(receipt: "r") : .notBegun })
        }
        let program = ChildProgram(
            name: change.parameters["name"].interpolated,
            process: 1,
            processStart: "s",
            host: "h",
            folder: "\(change.token)-\(state.withLock { $0.ended.count })",
            startedAt: Timestamp(milliseconds: 0),
            deadline: Timestamp(milliseconds: 0),
            grace: .zero
        )
        do { try await programs.record(program) } catch { return Finding(.unknown(Problem("not on record"))) }
        let finding = call(change)
        state.withLock { _ = $0.ended.insert(program.folder) }
        var second = program
        second.process += 1
        do { try await programs.record(second) } catch is ProgramNotRecorded {
            state.withLock { $0.refusals += 1 }
        } catch is CancellationError {
            // The loop ended, as when its process dies.
        } catch { state.withLock { $0.violations.append("\(program.name): \(error)") } }
        return finding
    }

    private func letter(_ call: ActionCall, _ scope: StepScope) -> Change {
        Change(
            kind: "tell",
            parameters: ["name": call.parameters["name"], "fields": scope.facts["notice"] ?? .null],
            from: .null,
            to: ["sent": true],
            token: scope.token,
            effect: .nonIdempotent,
            summary: "tell"
        )
    }

    /// Sends a notice as its name's manner says; here a manner holds for good.
    private func tell(_ change: Change) async -> Finding<PerformOutcome> {
        let name = change.parameters["name"].interpolated
        let manner = state.withLock { state in
            let manner = state.manners[name] ?? .good
            if manner != .refused { state.told.append((name, change.parameters["fields"])) }
            return manner
        }
        state.withLock(\.onTell)(name, change.parameters["fields"]["moment"].interpolated)
        switch manner {
        case .good: return Finding(.applied(receipt: .null))
        case .refused: return Finding(.notApplied(Problem("no such hook"), isTransient: false))
        case .answerLost, .lost: return Finding(.unknown(Problem("nothing came back")))
        case .endless:
            for await _ in AsyncStream<Void>.makeStream().stream {}
            return Finding(.unknown(Problem("canceled")))
        }
    }

    private func call(_ change: Change) -> Finding<PerformOutcome> {
        state.withLock { state in
            let name = change.parameters["name"].interpolated
            if !state.intended.contains(Self.key(change)) { state.violations.append("\(name) without an intent") }
            // What a token or a put of the same bytes makes of a repeat: nothing.
            if change.effect.mayBeRepeated, state.things[name] == change.to {
                state.repeats += 1
                return Finding(.applied(receipt: "r"))
            }
            if state.things[name] ?? .null != change.from {
                state.violations.append("\(name) was not as the intent says")
            }
            let manner = state.manners.removeValue(forKey: name) ?? .good
            switch manner {
            case .good, .answerLost, .endless:
                state.things[name] = change.to
                state.calls.append("\(name)=\(change.to.text)")
                return Finding(manner == .good ? .applied(receipt: "r") : .unknown(Problem("answer lost")))
            case .lost: return Finding(.unknown(Problem("nothing came back")))
            case .refused: return Finding(.notApplied(Problem("access denied"), isTransient: false))
            }
        }
    }

    func settle(_ change: Change, receipt: Value, in scope: StepScope) async -> Finding<Settlement> {
        let name = change.parameters["name"].interpolated
        await atSettle(name)
        if let word = state.withLock({ $0.pending.removeValue(forKey: name) }) { return Finding(.pending(word)) }
        return Finding(.settled(after: thing(change.parameters), captures: [:]))
    }

    func reconcile(_ change: Change, in scope: StepScope) async -> Finding<Reconciliation> {
        let found = thing(change.parameters)
        if found == change.to { return Finding(.applied(receipt: .null)) }
        if found == change.from { return Finding(.notApplied) }
        return Finding(.unclear(Problem("neither before nor after"), found: found))
    }

    func prepareReturn(
        of change: Change,
        acceptable: [Value],
        target: Value,
        in scope: StepScope
    ) async -> Finding<ReturnPreparation> {
        let found = thing(change.parameters)
        if found == target { return Finding(.alreadyThere("as before")) }
        guard acceptable.contains(found) else {
            return Finding(.conflict(expected: acceptable.first ?? .null, found: found))
        }
        var back = change
        back.from = found
        back.to = target
        return Finding(.change(back))
    }

    func evaluate(condition expression: String, in scope: StepScope) async -> Finding<Verdict> {
        Finding(expression == "true" ? .pass("true") : .fail("`\(expression)` is false"))
    }

    private func thing(_ parameters: Value) -> Value {
        state.withLock { $0.things[parameters["name"].interpolated] ?? .null }
    }
}
