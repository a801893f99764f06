import Foundation
import Glibc
import MigrateCore
import Steps

extension Checkup {
    /// Whether journals can be written where they are to lie.
    func stateFolder() -> CheckFinding {
        let folder = composition.options.state
        let isWritable = access(folder, W_OK) == 0 || (errno == ENOENT && access(".", W_OK) == 0)
        return CheckFinding(
            "state folder",
            "`\(folder)` \(isWritable ? "can be written" : "cannot be written")",
            isGood: isWritable,
            hint: "give another with `--state`"
        )
    }

    /// Space below which a journal might not last a night.
    private static let leastSpace: Int64 = 100 << 20

    /// Space where the journals lie.
    func space() -> CheckFinding {
        var facts = statvfs()
        let folder = access(composition.options.state, F_OK) == 0 ? composition.options.state : "."
        guard statvfs(folder, &facts) == 0 else {
            return CheckFinding("disk", String(cString: strerror(errno)), .fail)
        }
        let free = Int64(facts.f_bavail) * Int64(facts.f_frsize)
        return CheckFinding(
            "disk",
            "\(free >> 20) MiB free",
            isGood: free >= Self.leastSpace,
            hint: "free some; a journal that cannot be written stops the run"
        )
    }

    /// Programs that the runbook's steps need, with their versions; every kind's when there is no sound runbook here.
    func programs(_ world: World) async -> [CheckFinding] {
        let path = composition.environment["PATH"] ?? ""
        var findings: [CheckFinding] = []
        for any in needs.sorted(by: { $0.joined() < $1.joined() }) {
            var found: String?
            for program in any where await composition.files.program(program, in: path) != nil {
                found = program
                break
            }
            let name = any.joined(separator: " or ")
            guard let found else {
                findings.append(CheckFinding(name, "not found", .fail, hint: "install one of them"))
                continue
            }
            findings.append(await version(of: found, as: name, world))
        }
        guard let plan else { return findings }
        let missing = await ToolCheck.missing(in: plan.steps, path: path, files: composition.files)
        let known = Set(needs.map { $0.joined() })
        for lack in missing where !known.contains(lack.anyOf.joined()) {
            findings.append(
                CheckFinding(
                    lack.anyOf.joined(separator: " or "),
                    "not found; step `\(lack.step)` runs it",
                    .fail,
                    hint: "install it, or correct the step"
                )
            )
        }
        return findings
    }

    private var needs: Set<[String]> {
        guard let plan else { return Set(StepCatalog.declarations.flatMap(\.programs)) }
        let kinds = Set(plan.steps.map(\.work.kindName))
        return Set(StepCatalog.declarations.filter { kinds.contains($0.name) }.flatMap(\.programs))
    }

    private func version(of program: String, as name: String, _ world: World) async -> CheckFinding {
        do {
            let said = try await world.processes.run(
                ProcessCommand(
                    program,
                    ["--version"],
                    environment: ["PATH": composition.environment["PATH"] ?? ""],
                    timeout: .seconds(10)
                )
            )
            let line = said.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "says no version"
            guard said.isSuccess else {
                return CheckFinding(
                    name,
                    "`\(program) --version` failed",
                    .fail,
                    hint: "run it by hand: it is broken here"
                )
            }
            return CheckFinding(name, line, .pass)
        } catch { return .failed(name, error) }
    }
}
