import ArgumentParser
import MigrateCore
import Reports
import Runner

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Ask the world what a run would do now; nothing is changed."
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "PHASE or PHASE/STEP; default: everything.")
    var target: String?

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let existing = try keeper.latest()?.state
            let plan = try composition.plan(keeper.target).plan
            let digest = try composition.digest(of: plan)
            let header = RunHeader(
                number: 0,
                plan: plan,
                digest: digest,
                source: "",
                initiator: ProcessIdentity.user,
                startedAt: composition.clock.now(),
                toolVersion: ToolVersion.text
            )
            let goesOn = existing.map { !$0.isOver && $0.header.digest == digest } ?? false
            let state = goesOn ? existing ?? RunState(header: header) : RunState(header: header)
            guard case .forward(let phase, _, let only) = try RunTarget(target, through: nil, in: plan).goal else {
                return .success
            }
            let steps = plan.steps.filter { (phase == nil || $0.phase == phase) && (only?.covers($0.id) ?? true) }
            let forecasts = await Prechecker(executor: try composition.executor(for: plan)).forecast(steps, of: state)
            let now = composition.clock.now()
            let windows = PlanReport.Windows(
                at: now,
                forecasts: try state.windowForecasts(at: now) { composition.clock.offset(of: $0, at: $1) }
            )
            Talk.print(
                options.json
                    ? PlanReport.json(of: forecasts, in: plan).indentedText
                    : PlanReport.text(of: forecasts, in: plan, windows: windows, style: composition.style)
            )
            return PlanReport.Counts(forecasts).isAnythingPending ? .changesPending : .success
        }
    }
}

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Ask the probes of every executed step again; exit 4 on drift."
    )

    @OptionGroup var options: GlobalOptions

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let state = try keeper.latestOrRefuse().state
            let findings = await Verifier(executor: try composition.executor(for: state.plan), clock: composition.clock)
                .verify(state)
            Talk.print(
                options.json
                    ? VerifyReport.json(of: findings).indentedText
                    : VerifyReport.text(of: findings, style: composition.style)
            )
            return findings.allSatisfy(\.verdict.isPass) ? .success : .checkFailed
        }
    }
}
