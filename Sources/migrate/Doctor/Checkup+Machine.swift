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
    func programs(_ world: World) async -> [CheckFinding] {
        let path = composition.environment["PATH"] ?? ""
        var findings: [CheckFinding] = []
        for any in needs.sorted(by: { $0.joined() < $1.joined() }) {
            var found: String?
            for program in any where await composition.files.program(program, in: path) != nil {
                found = program
                break
            }
            let name = any.joined(separator: language.says(" or ", ko: " 또는 "))
            guard let found else {
                findings.append(
                    CheckFinding(
                        name,
                        language.says("not found", ko: "없음"),
                        .fail,
                        hint: language.says("install one of them", ko: "그중 하나를 설치")
                    )
                )
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
                    lack.anyOf.joined(separator: language.says(" or ", ko: " 또는 ")),
                    language.says("not found; step `\(lack.step)` runs it", ko: "없음; 단계 `\(lack.step)`에서 실행함"),
                    .fail,
                    hint: language.says("install it, or correct the step", ko: "설치하거나 단계를 고침")
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
            let line =
                said.text.split(whereSeparator: \.isNewline).first.map(String.init)
                ?? language.says("says no version", ko: "버전을 알리지 않음")
            guard said.isSuccess else {
                return CheckFinding(
                    name,
                    language.says("`\(program) --version` failed", ko: "`\(program) --version` 실패"),
                    .fail,
                    hint: language.says("run it by hand: it is broken here", ko: "직접 실행해 확인: 이 머신에서 고장 난 상태")
                )
            }
            return CheckFinding(name, line, .pass)
        } catch { return .failed(name, error, in: language) }
    }
}
