import Foundation
import MigrateCore
import Network
import Reports
import Steps

/// Carries a runbook forward, back and forward again in a sandbox of its own, and compares the worlds.
struct Rehearsal {
    let composition: Composition
    let target: Composition.Target
    let runbook: String
    let plan: RehearsalPlan

    /// What every wait is divided by unless `MIGRATE_TIME_SCALE` says otherwise: five minutes take half a second.
    static let usualScale = "600"

    /// What the sandbox divides AWS's times by, which is also what it has the tool divide its waits by.
    private var scale: String { composition.environment["MIGRATE_TIME_SCALE"] ?? Self.usualScale }
    private var folder: String { "\(composition.options.state)/rehearsals/\(runbook)" }
    private var sandbox: SandboxProcess { SandboxProcess(folder: "\(folder)/sandbox") }

    /// Differences that must not be; none when the rehearsal holds.
    ///
    /// Throws: `CommandFault`, and whatever the sandbox and the tool throw.
    func run() async throws -> [String] {
        _ = try await sandbox.stop(clock: composition.clock)
        if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
        let ready = try await sandbox.start(
            scenario: plan.scenario,
            extra: ["--time-scale", scale],
            clock: composition.clock
        )
        do {
            let findings = try await rehearse(ready)
            _ = try await sandbox.stop(clock: composition.clock)
            return findings
        } catch {
            // Why not with try: what went wrong first is what the operator must see.
            do { _ = try await sandbox.stop(clock: composition.clock) } catch { Talk.say(Phrasebook.text(of: error)) }
            throw error
        }
    }

    private func rehearse(_ ready: Value) async throws -> [String] {
        let stage = try await stage(ready)
        let world = SandboxWorld(endpoint: ready["endpoint"].interpolated, http: try CurlHTTPClient())
        let before = try await world.declared()
        try await forward(stage)
        let made = try await world.declared()
        try await expect([0], from: ["rollback", "--all", "--yes", "--accept-loss"], stage)
        let kept = try stage.keeper.latest()?.state.keptNames ?? []
        let back = try await world.declared()
        try await forward(stage)
        let again = try await world.declared()
        return differences("after the way back", before, back, kept: kept)
            + differences("after the second way forward", made, again, kept: [])
    }

    private func differences(_ when: String, _ one: Value, _ other: Value, kept: Set<String>) -> [String] {
        let left = WorldDifference.all(from: one, to: other).filter { difference in
            let place = difference.path.joined(separator: "/")
            return !difference.isExcused(by: kept) && !plan.ignored.keys.contains { place.hasPrefix($0) }
        }
        Talk.print(
            "\(left.isEmpty ? "ok  " : "FAIL") \(when): \(left.isEmpty ? "the worlds are equal" : "they differ")"
        )
        for (place, reason) in plan.ignored.sorted(by: { $0.key < $1.key }) {
            Talk.print("     not compared: \(place), \(reason)")
        }
        if !kept.isEmpty { Talk.print("     kept on purpose, and so allowed to be there") }
        for difference in left { Talk.print("     \(difference.text)") }
        return left.map { "\(when): \($0.text)" }
    }

    /// One stage of the play: the tool with its options, and a keeper that reads its journal.
    private struct Stage {
        let tool: OwnBinary
        let keeper: RunKeeper
    }

    private func stage(_ ready: Value) async throws -> Stage {
        let values = "\(folder)/sandbox/variables.json"
        var variables = ready["variables"].object ?? [:]
        var environment = composition.environment.filter { variable in
            !["AWS_", "MIGRATE_", "TF_"].contains { variable.key.hasPrefix($0) }
        }
        environment["TF_CLI_CONFIG_FILE"] = "/dev/null"
        environment["TF_IN_AUTOMATION"] = "1"
        environment.merge((ready["environment"].object ?? [:]).mapValues(\.interpolated)) { $1 }
        if let program = plan.prepare.first {
            let prepared = try await prepare(program, environment: environment)
            environment.merge((prepared["environment"].object ?? [:]).mapValues(\.interpolated)) { $1 }
            variables.merge(prepared["values"].object ?? [:]) { $1 }
        }
        try await composition.files.write(Array((Value.object(variables).indentedText + "\n").utf8), to: values)
        var options = composition.options
        options.state = folder
        options.values = [values]
        let words = [
            "--runbook", target.folder.folder, "--env", target.environment, "--state", folder, "--values", values,
        ]
        return Stage(
            tool: OwnBinary(options: words, environment: environment),
            keeper: RunKeeper(composition: Composition(options: options), target: target)
        )
    }

    private func prepare(_ program: String, environment: [String: String]) async throws -> Value {
        let result = try await SubprocessRunner().run(
            .init(program, plan.prepare.dropFirst() + ["\(folder)/sandbox"], environment: environment)
        )
        guard result.isSuccess else {
            throw CommandFault.sandbox(
                "`\(program)` could not prepare it: \(result.errorText)",
                hint: "`make setup` may help"
            )
        }
        return try Value(parsing: result.output)
    }

    private func expect(_ statuses: [Int32], from words: [String], _ stage: Stage) async throws {
        Talk.say("\n$ migrate \(words.joined(separator: " "))")
        let status = try await stage.tool.run(words)
        guard let status, statuses.contains(status) else {
            throw CommandFault.rehearsalStopped(words.joined(separator: " "), status: status)
        }
    }
}

extension Rehearsal {
    /// Runs to the end, saying yes and doing by hand whatever the runbook asks people for.
    private func forward(_ stage: Stage) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await expect([0], from: ["run"], stage) }
            group.addTask {
                // Ends by being cancelled, or when what it says is refused.
                while true {
                    try await composition.clock.sleep(for: .milliseconds(200))
                    for words in try Self.errands(in: stage.keeper) { try await expect([0], from: words, stage) }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Commands that people would type now.
    private static func errands(in keeper: RunKeeper) throws -> [[String]] {
        guard let state = try keeper.latest()?.state, state.session != nil else { return [] }
        return state.plan.steps.flatMap { step -> [[String]] in
            guard let record = state.record(of: step.id) else { return [] }
            switch (record.state, step.work) {
            case (.waitingPerson, _): return [["done", step.id.rawValue, "--comment", "rehearsed"]]
            case (.waitingApproval, .confirm(let name)):
                guard record.subject != nil, let policy = state.plan.approvals.first(where: { $0.name == name }) else {
                    return []
                }
                let people =
                    policy.approvers.isEmpty ? (1...policy.minimum).map { "rehearser-\($0)" } : policy.approvers
                let left = people.filter { person in !record.approvals.contains { $0.by == person } }
                return left.prefix(max(policy.minimum - record.approvals.count, 0)).map {
                    ["approve", name, "--yes", "--as", $0, "--comment", "rehearsed"]
                }
            default: return []
            }
        }
    }
}
