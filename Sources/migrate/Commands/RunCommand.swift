import ArgumentParser
import MigrateCore
import Steps

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Carry the run on: a phase, a step, or everything that is left."
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "PHASE or PHASE/STEP; default: everything that is left.")
    var target: String?

    @Option(help: "Run every phase that is left, up to and with this one.")
    var through: String?

    @OptionGroup var manner: ForwardOptions

    func validate() throws {
        if target != nil, through != nil { throw ValidationError("give PHASE or `--through`, not both") }
    }

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            return ExitStatus(forward: try await keeper.forward(target, through: through, manner))
        }
    }
}

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Go on: has a paused process go on, or carries on everything that is left."
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var manner: ForwardOptions

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            // Why only a paused one: beside a process that is at work, `resume` is refused as `run` is.
            if try keeper.liveHolder() != nil, case .paused? = try keeper.latest()?.state.halting {
                try await keeper.request(.resume)
                return .success
            }
            // Why: with nothing to go on with, `run` begins anew, which nobody who says `resume` has asked for.
            let state = try keeper.latestOrRefuse().state
            if let ending = state.ending, state.isOver || !state.isCanceled {
                throw CommandFault.requestRefused(ending)
            }
            return ExitStatus(forward: try await keeper.forward(nil, through: nil, manner))
        }
    }
}

/// How a run is carried forward.
struct ForwardOptions: ParsableArguments {
    @Flag(help: "Stop after each step; while traffic is away, stay and watch it until `migrate resume`.")
    var stepByStep = false

    @Option(help: "Steps at work side by side, at most.")
    var parallel: Int = 8

    @Flag(help: "Go on with the definition that the run began with, whatever the file says now.")
    var pinned = false

    @Flag(help: "Begin a new run, leaving the way back of the one that was given up to its journal.")
    var new = false

    @Flag(help: "Leave out steps whose programs this machine lacks, on record.")
    var skipMissingTools = false

    func validate() throws {
        guard parallel >= 1 else { throw ValidationError("`--parallel` must be at least 1") }
    }
}

extension RunKeeper {
    /// Carries the run forward to `name`, or through all phases up to `through`, and tells how its session ended.
    func forward(_ name: String?, through: String?, _ manner: ForwardOptions) async throws -> SessionEnd {
        let existing = try latest()?.state
        if manner.new, let existing, existing.isUnderWay, !existing.isCanceled { throw CommandFault.runNotCanceled }
        // Why also when it was given up: a new run would make the call again that may have been made.
        if manner.new, let doubts = existing.map({ $0.stepsInDoubt + $0.stepsLeftInDoubt }), !doubts.isEmpty {
            throw RunRefusal.inDoubt(doubts)
        }
        if manner.new, let programs = existing?.programs, !programs.isEmpty {
            throw CommandFault.programAtWork(programs.values.map(\.name).sorted())
        }
        let goesOn = !manner.new && existing?.isUnderWay ?? false
        let planned = manner.pinned && goesOn ? nil : try composition.plan(target)
        if let planned, let existing, goesOn, try composition.digest(of: planned.plan) != existing.header.digest {
            throw CommandFault.planChanged(runbook: existing.plan.runbook, run: existing.header.number)
        }
        guard let plan = goesOn ? existing?.plan : planned?.plan else {
            throw CommandFault.nothingHasRun(runbook: target.folder.folder, environment: target.environment)
        }
        let goal = try RunTarget(name, through: through, in: plan).goal
        let missing = await MissingTools.steps(of: goal, in: plan, state: goesOn ? existing : nil, composition)
        if !missing.isEmpty, !manner.skipMissingTools {
            throw CommandFault.missingPrograms(
                phase: missing[0].phase,
                missing.map { ($0.step.rawValue, $0.programs) }
            )
        }
        let skips = missing.map {
            RunRequest.Act.skip(
                $0.step,
                reason: "\(RunSnapshot.notExercisedPrefix): \($0.programs.joined(separator: " or ")) is not installed"
            )
        }
        let state = try await carryOn(
            name.map { "run \($0)" } ?? "run",
            fresh: {
                guard let planned else {
                    throw CommandFault.nothingHasRun(runbook: plan.runbook, environment: plan.environment)
                }
                return RunHeader(
                    number: 0,
                    plan: planned.plan,
                    digest: try composition.digest(of: planned.plan),
                    source: planned.source,
                    initiator: ProcessIdentity.user,
                    startedAt: composition.clock.now(),
                    toolVersion: ToolVersion.text
                )
            },
            acts: skips,
            shape: SessionShape(
                parallel: manner.parallel,
                isStepByStep: manner.stepByStep,
                beginsAnew: manner.new
            ),
            goal: { _ in goal }
        )
        return state.lastEnd ?? .stopped
    }
}
