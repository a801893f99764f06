import ArgumentParser
import MigrateCore
import Reports
import Runner

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Ask the world what a run would do now; nothing is changed.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "PHASE or PHASE/STEP; default: everything.")
    var target: String?

    func run() async {
        await reporting {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let existing = try keeper.latest()?.state
            let plan = try composition.plan(keeper.target).plan
            let digest = try composition.digest(of: plan)
            let header = RunHeader(
                number: 0, plan: plan, digest: digest, source: "", initiator: ProcessIdentity.user,
                startedAt: composition.clock.now(), toolVersion: ToolVersion.text)
            let goesOn = existing.map { !$0.isOver && $0.header.digest == digest } ?? false
            let state = goesOn ? existing ?? RunState(header: header) : RunState(header: header)
            guard case .forward(let phase, _, let only) = try RunTarget(target, through: nil, in: plan).goal else {
                return .success
            }
            let steps = plan.steps.filter { (phase == nil || $0.phase == phase) && (only == nil || $0.id == only) }
            let forecasts = await Prechecker(executor: try composition.executor(for: plan)).forecast(steps, of: state)
            Talk.print(
                options.json
                    ? try PlanReport.json(of: forecasts.map { ($0.step, $0.outlook.word, $0.outlook.text) }).indentedText
                    : PlanReport.text(of: forecasts.map { PlanReport.Line(step: $0.step, outlook: $0.outlook.line) }, in: plan))
            return forecasts.contains(where: \.outlook.isPending) ? .changesPending : .success
        }
    }
}

extension StepForecast.Outlook {
    var line: PlanReport.Outlook {
        switch self {
        case .over(let word): .quiet("over: \(word)")
        case .holds(let seen): .quiet(seen)
        case .change(let change): .change(change.summary, from: change.from, to: change.to)
        case .waits(let text): .waits(text)
        case .stops(let problem): .stops(problem.message, hint: problem.hint)
        case .unknown(let problem): .unknown(problem.message, hint: problem.hint)
        case .later: .later
        }
    }

    var word: String {
        switch self {
        case .over: "over"
        case .holds: "holds"
        case .change: "change"
        case .waits: "waits"
        case .stops: "stops"
        case .unknown: "unknown"
        case .later: "later"
        }
    }

    var text: String {
        switch self {
        case .over(let text), .holds(let text), .waits(let text): text
        case .change(let change): change.summary
        case .stops(let problem), .unknown(let problem): problem.message
        case .later: "depends on what earlier steps find"
        }
    }

    var isPending: Bool {
        switch self {
        case .change, .later, .waits: true
        case .over, .holds, .stops, .unknown: false
        }
    }
}

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Ask the probes of every executed step again; exit 4 on drift.")

    @OptionGroup var options: GlobalOptions

    func run() async {
        await reporting {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let state = try keeper.latestOrRefuse().state
            let findings = await Verifier(executor: try composition.executor(for: state.plan), clock: composition.clock)
                .verify(state)
            Talk.print(
                options.json
                    ? VerifyReport.json(of: findings.map { ($0.step, $0.verdict) }).indentedText
                    : VerifyReport.text(of: findings.map { ($0.step, $0.verdict) }))
            return findings.allSatisfy(\.verdict.isPass) ? .success : .checkFailed
        }
    }
}
