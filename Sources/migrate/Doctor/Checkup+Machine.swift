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
    ///
    /// Of several that would do, each one that is here must be new enough: which is taken is seen only when it is run.
    func programs(_ world: World) async -> [CheckFinding] {
        let path = composition.environment["PATH"] ?? ""
        var findings: [CheckFinding] = []
        for any in needs.sorted(by: { Self.name(of: $0) < Self.name(of: $1) }) {
            let name = Self.name(of: any)
            var versions: [CheckFinding] = []
            for program in any where await composition.files.program(program.name, in: path) != nil {
                versions.append(await version(of: program, as: name, world))
            }
            if versions.isEmpty {
                let least = any.compactMap { program in program.least.map { "\(program.name) \($0.text) or newer" } }
                let hint = least.isEmpty ? "install one of them" : "install " + least.joined(separator: ", or ")
                findings.append(CheckFinding(name, "not found", .fail, hint: hint))
            }
            findings += versions
        }
        guard let plan else { return findings }
        let missing = await ToolCheck.missing(in: plan.steps, path: path, files: composition.files)
        let known = Set(needs.map { Self.name(of: $0) })
        for lack in missing where !known.contains(lack.anyOf.joined(separator: " or ")) {
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

    private static func name(of any: [NeededProgram]) -> String { any.map(\.name).joined(separator: " or ") }

    private var needs: Set<[NeededProgram]> {
        guard let plan else { return Set(StepCatalog.declarations.flatMap(\.programs)) }
        let kinds = Set(plan.steps.map(\.work.kindName))
        return Set(StepCatalog.declarations.filter { kinds.contains($0.name) }.flatMap(\.programs))
    }

    private func version(of program: NeededProgram, as name: String, _ world: World) async -> CheckFinding {
        do {
            let said = try await world.processes.run(
                ProcessCommand(
                    program.name,
                    ["--version"],
                    environment: ["PATH": composition.environment["PATH"] ?? ""],
                    timeout: .seconds(10)
                )
            )
            let line = said.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "says no version"
            guard said.isSuccess else {
                return CheckFinding(
                    name,
                    "`\(program.name) --version` failed",
                    .fail,
                    hint: "run it by hand: it is broken here"
                )
            }
            switch program.lack(in: line) {
            case nil: return CheckFinding(name, line, .pass)
            case .tooOld(let found, let least)?:
                return CheckFinding(
                    name,
                    "\(program.name) \(found.text) is here, and \(least.text) or newer is needed",
                    .fail,
                    hint: "install \(program.name) \(least.text) or newer, or put it first in `PATH`"
                )
            case .untold(let least)?:
                return CheckFinding(
                    name,
                    "`\(program.name) --version` names no version: \(line)",
                    .unknown,
                    hint: "see by hand whether it is \(least.text) or newer"
                )
            }
        } catch { return .failed(name, error) }
    }
}
