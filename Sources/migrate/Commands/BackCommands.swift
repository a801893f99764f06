import ArgumentParser
import MigrateCore
import Reports
import Runner

struct BackOutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "back-out",
        abstract: "Bring traffic home, now; nothing else is touched."
    )

    @OptionGroup var options: GlobalOptions

    @Option(help: "Why, for the record.")
    var reason: String = "asked for by the operator"

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            for (step, cost) in try keeper.latest()?.state.passedPointsOfNoReturn ?? [] {
                Talk.say(Phrasebook.beware(step, cost?.text(in: keeper.language), in: keeper.language))
            }
            if let holder = try keeper.liveHolder() {
                do {
                    let end = try await keeper.ask(.backOut(reason: reason), of: holder, untilSessionEnds: true)
                    return end.map { ExitStatus(back: $0) } ?? .success
                } catch CommandFault.requestRefused(RunRequest.trafficIsHome) {
                    Talk.say(Phrasebook.trafficIsHome(in: keeper.language))
                    return .success
                } catch CommandFault.holderGone {
                    Talk.say(Phrasebook.holderGone(in: keeper.language))
                }
            }
            do {
                let state = try await keeper.carryOn("back-out", fresh: nil) { _ in .backOut(reason: reason) }
                return ExitStatus(back: state.lastEnd ?? .stopped)
            } catch RunRefusal.trafficIsHome {
                // Why no error: what was asked for holds, and whoever asks has other worries.
                Talk.say(Phrasebook.trafficIsHome(in: keeper.language))
                return .success
            }
        }
    }
}

struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Undo steps from what was recorded when they ran, newest first."
    )

    @OptionGroup var options: GlobalOptions

    @Option(help: "Undo everything done in or after this PHASE or STEP.")
    var to: String?

    @Option(help: "Undo this phase alone.")
    var phase: String?

    @Flag(help: "Undo everything.")
    var all = false

    @Flag(help: "Undo kept things too.")
    var includeKept = false

    @Flag(help: "Show what would be undone, and stop.")
    var plan = false

    @Flag(help: "Prove that each rollback could run now, and stop.")
    var check = false

    @Flag(name: .customLong("continue"), help: "Go on with a rollback that stopped.")
    var continues = false

    @Option(help: "Leave this step as it is.")
    var skip: String?

    @Option(help: "Why, for the record.")
    var reason: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Go back past a point of no return, at the cost that is shown.")
    var acceptLoss = false

    func validate() throws {
        guard [to != nil, phase != nil, all].filter(\.self).count <= 1 else {
            throw ValidationError("give one of `--to`, `--phase` and `--all`")
        }
        if skip != nil, reason == nil { throw ValidationError("`--skip` needs a `--reason`") }
    }

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let state = try keeper.latestOrRefuse().state
            if check { return try await keeper.checkReadiness(of: state) }
            let steps: [StepID]
            do {
                steps = try state.rollbackSteps(try scope(in: state), includeKept: includesKept(in: state))
            } catch RunRefusal.nothingToRollBack {
                // Why no error: what was asked for holds already, say because a first try was cut off at its very end.
                Talk.say(Phrasebook.nothingToUndo(in: keeper.language))
                return .success
            }
            let skip = try skip.map { try state.plan.step(meantBy: $0) }
            // Why refused: what is left as it is counts as undone from then on, and nobody asked for this one.
            if let skip, !steps.contains(skip) {
                throw CommandFault.notToUndo(skip.rawValue, steps.map(\.rawValue))
            }
            if let skip, state.mustNotBeLeft(skip) { throw CommandFault.notToLeave(skip.rawValue) }
            let undone = steps.filter { $0 != skip }
            let risks = await ReturnSurvey(executor: try composition.executor(for: state.plan)).risks(
                of: undone,
                in: state
            )
            if plan, options.json {
                Talk.print(
                    RollbackReport.json(of: undone, in: state, includesKept: includesKept(in: state), risks: risks)
                        .indentedText
                )
                return .success
            }
            let preview = RollbackReport.text(
                of: undone,
                in: state,
                includesKept: includesKept(in: state),
                risks: risks,
                style: composition.style
            )
            if plan {
                Talk.print(preview)
                return .success
            }
            Talk.say(preview)
            try state.refuseReturnsInDoubt(of: undone)
            if state.isPastReturn, !acceptLoss {
                throw CommandFault.pastReturn(state.passedPointsOfNoReturn.map(\.step.rawValue))
            }
            if !yes {
                guard let isConfirmed = Prompt.confirms(Phrasebook.mayRollBack(in: keeper.language)) else {
                    throw CommandFault.nobodyToAsk
                }
                guard isConfirmed else { throw CommandFault.notConfirmed }
            }
            let acts = skip.map { [RunRequest.Act.keepAsIs($0, reason: reason ?? "")] } ?? []
            let ended = try await keeper.carryOn("rollback", fresh: nil, acts: acts) { current in
                let isIncluded = includesKept(in: current)
                // Why again: between the preview and the lease another process may have gone on.
                guard try current.rollbackSteps(try scope(in: current), includeKept: isIncluded) == steps,
                    acceptLoss || !current.isPastReturn, skip.map({ !current.mustNotBeLeft($0) }) ?? true
                else { throw CommandFault.rollbackMoved }
                return .rollback(steps, includeKept: isIncluded)
            }
            return ExitStatus(back: ended.lastEnd ?? .stopped)
        }
    }

    private func scope(in state: RunState) throws -> RollbackScope {
        if all { return .all }
        if let phase { return .phase(PhaseID(phase)) }
        if let to {
            return state.plan.phases.contains { $0.id.rawValue == to } ? .toPhase(PhaseID(to)) : .toStep(StepID(to))
        }
        return continues ? .unfinished : .newestPhase
    }

    private func includesKept(in state: RunState) -> Bool {
        includeKept || continues && state.lastRollback?.includesKept ?? false
    }
}

extension RunKeeper {
    /// Proves every pending rollback without doing it.
    func checkReadiness(of state: RunState) async throws -> ExitStatus {
        let findings = await ReadinessChecker(executor: try composition.executor(for: state.plan)).check(state)
        Talk.print(
            composition.options.json
                ? ReadinessReport.json(of: findings).indentedText
                : ReadinessReport.text(of: findings, style: composition.style)
        )
        return findings.contains(where: \.blocks) ? .checkFailed : .success
    }
}
