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
            language.says("state folder", ko: "상태 폴더"),
            isWritable
                ? language.says("`\(folder)` can be written", ko: "`\(folder)` 쓸 수 있음")
                : language.says("`\(folder)` cannot be written", ko: "`\(folder)` 쓸 수 없음"),
            isGood: isWritable,
            hint: language.says("give another with `--state`", ko: "다른 폴더는 `--state`로 지정")
        )
    }

    /// Space below which a journal might not last a night.
    private static let leastSpace: Int64 = 100 << 20

    /// Space where the journals lie.
    func space() -> CheckFinding {
        var facts = statvfs()
        let folder = access(composition.options.state, F_OK) == 0 ? composition.options.state : "."
        guard statvfs(folder, &facts) == 0 else {
            return CheckFinding(language.says("disk", ko: "디스크"), String(cString: strerror(errno)), .fail)
        }
        let free = Int64(facts.f_bavail) * Int64(facts.f_frsize)
        return CheckFinding(
            language.says("disk", ko: "디스크"),
            language.says("\(free >> 20) MiB free", ko: "여유 \(free >> 20) MiB"),
            isGood: free >= Self.leastSpace,
            hint: language.says(
                "free some; a journal that cannot be written stops the run",
                ko: "공간 확보 필요; 저널을 쓸 수 없으면 실행이 멈춤"
            )
        )
    }

    /// Programs that the runbook's steps need, with their versions; every kind's when there is no sound runbook here.
    ///
    /// Of several that would do, each one that is here must be new enough: which is taken is seen only when it is run.
    func programs(_ world: World) async -> [CheckFinding] {
        let path = composition.environment["PATH"] ?? ""
        var findings: [CheckFinding] = []
        for any in needs.sorted(by: { name(of: $0) < name(of: $1) }) {
            var versions: [CheckFinding] = []
            for program in any where await composition.files.program(program.name, in: path) != nil {
                versions.append(await version(of: program, as: name(of: any), world))
            }
            findings += versions.isEmpty ? [absent(any)] : versions
        }
        guard let plan else { return findings }
        let missing = await ToolCheck.missing(in: plan.steps, path: path, files: composition.files)
        let known = Set(needs.map { $0.map(\.name) })
        for lack in missing where !known.contains(lack.anyOf) {
            findings.append(
                CheckFinding(
                    lack.anyOf.joined(separator: language.says(" or ", ko: " 또는 ")),
                    language.says("not found; step `\(lack.step)` runs it", ko: "없음; 단계 `\(lack.step)`에서 실행함"),
                    .fail,
                    hint: language.says("install it, or correct the step", ko: "설치하거나 단계를 고침")
                )
            )
        }
        return findings
    }

    private func name(of any: [NeededProgram]) -> String {
        any.map(\.name).joined(separator: language.says(" or ", ko: " 또는 "))
    }

    private func absent(_ any: [NeededProgram]) -> CheckFinding {
        let least = any.compactMap { program in
            program.least.map { least in
                language.says("\(program.name) \(least.text) or newer", ko: "\(program.name) \(least.text) 이상")
            }
        }
        let choice = least.joined(separator: language.says(", or ", ko: " 또는 "))
        return CheckFinding(
            name(of: any),
            language.says("not found", ko: "없음"),
            .fail,
            hint: least.isEmpty
                ? language.says("install one of them", ko: "그중 하나를 설치")
                : language.says("install \(choice)", ko: "\(choice) 설치")
        )
    }

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
            let line =
                said.text.split(whereSeparator: \.isNewline).first.map(String.init)
                ?? language.says("says no version", ko: "버전을 알리지 않음")
            guard said.isSuccess else {
                return CheckFinding(
                    name,
                    language.says("`\(program.name) --version` failed", ko: "`\(program.name) --version` 실패"),
                    .fail,
                    hint: language.says("run it by hand: it is broken here", ko: "직접 실행해 확인: 이 머신에서 고장 난 상태")
                )
            }
            return judged(line, of: program, as: name)
        } catch { return .failed(name, error, in: language) }
    }

    /// Finding about a program that says `line` of its version.
    private func judged(_ line: String, of program: NeededProgram, as name: String) -> CheckFinding {
        switch program.lack(in: line) {
        case nil: return CheckFinding(name, line, .pass)
        case .tooOld(let found, let least)?:
            return CheckFinding(
                name,
                language.says(
                    "\(program.name) \(found.text) is here, and \(least.text) or newer is needed",
                    ko: "설치된 \(program.name)은(는) \(found.text); \(least.text) 이상이어야 함"
                ),
                .fail,
                hint: language.says(
                    "install \(program.name) \(least.text) or newer, or put it first in `PATH`",
                    ko: "\(program.name) \(least.text) 이상을 설치하거나 `PATH` 맨 앞에 둠"
                )
            )
        case .untold(let least)?:
            return CheckFinding(
                name,
                language.says(
                    "`\(program.name) --version` names no version: \(line)",
                    ko: "`\(program.name) --version`에 버전이 없음: \(line)"
                ),
                .unknown,
                hint: language.says(
                    "see by hand whether it is \(least.text) or newer",
                    ko: "\(least.text) 이상인지 직접 확인"
                )
            )
        }
    }
}
