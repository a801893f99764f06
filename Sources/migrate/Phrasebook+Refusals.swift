import MigrateCore
import Reports

extension Phrasebook {
    /// Why the rules do not let a run do what was asked, and what to do about it.
    static func message(for refusal: RunRefusal, in language: Language) -> Message {
        switch refusal {
        case .earlierPhasesUnfinished(let phase, let missing):
            let names = missing.map { "\n  \($0)" }.joined()
            let count = missing.count
            return Message(
                language.says(
                    "\(phase) cannot start: \(count) earlier step\(count == 1 ? " is" : "s are") not done:\(names)",
                    ko: "\(phase) 시작 불가: 앞선 단계 \(count)개가 끝나지 않음:\(names)"
                ),
                hint: language.says(
                    "`migrate run --through \(phase)` does them first",
                    ko: "먼저 하려면 `migrate run --through \(phase)`"
                ),
                .usage
            )
        case .unknownPhase(let name, let known):
            return Message(
                language.says("the runbook has no phase `\(name)`", ko: "런북에 페이즈 `\(name)`이(가) 없음"),
                hint: list(known, of: "phases"),
                .usage
            )
        case .unknownStep(let name, let suggestion):
            return Message(
                language.says("the runbook has no step `\(name)`", ko: "런북에 단계 `\(name)`이(가) 없음"),
                hint: suggestion.map { language.says("did you mean `\($0)`?", ko: "혹시 `\($0)`?") },
                .usage
            )
        case .needsUnfinished(let step, let missing):
            return Message(
                language.says(
                    "`\(step)` cannot start: it needs \(quoted(missing))",
                    ko: "`\(step)` 시작 불가: 먼저 끝나야 함: \(quoted(missing))"
                ),
                .usage
            )
        case .inDoubt(let steps): return inDoubt(steps, in: language)
        case .rollbackUnfinished(let steps):
            return Message(
                language.says(
                    "a rollback is not finished: \(quoted(steps))",
                    ko: "되돌리기가 끝나지 않음: \(quoted(steps))"
                ),
                hint: "`migrate rollback --continue`",
                .rollbackFailed
            )
        case .nothingToRevise:
            return Message(
                language.says("the run has this definition already", ko: "실행이 이미 이 정의를 사용 중"),
                hint: language.says("`migrate run` goes on with it", ko: "이어 가려면 `migrate run`"),
                .usage
            )
        case .executedStepsDiffer(let differences): return differ(differences, in: language)
        case .newerTool(let found, let own): return newer(found, than: own, in: language)
        case .nothingToRollBack:
            return Message(language.says("nothing is left to undo", ko: "되돌릴 것이 없음"), .usage)
        case .canceled:
            return Message(
                language.says("the run was given up", ko: "취소된 실행임"),
                hint: language.says(
                    "`migrate rollback --all` undoes what it did; `migrate run --new` begins another",
                    ko: "한 일을 되돌리려면 `migrate rollback --all`, 새로 시작하려면 `migrate run --new`"
                ),
                .usage
            )
        case .trafficIsAway:
            return Message(
                language.says(
                    "no rollback is left to go on with, and traffic is away",
                    ko: "이어서 할 되돌리기가 없고 트래픽이 새 환경에 있음"
                ),
                hint: language.says(
                    "`migrate back-out` brings it home",
                    ko: "기존 환경으로 되돌리려면 `migrate back-out`"
                ),
                .usage
            )
        case .trafficIsHome:
            return Message(
                language.says(
                    "traffic is at home; there is nothing to bring back",
                    ko: "트래픽은 기존 환경에 있음; 되돌릴 것이 없음"
                ),
                .usage
            )
        }
    }

    private static func inDoubt(_ steps: [StepID], in language: Language) -> Message {
        let first = steps.first.map { ReportWords.argument($0) } ?? "STEP"
        return Message(
            language.says(
                "nobody can tell whether these changes happened: \(quoted(steps))",
                ko: "적용되었는지 알 수 없는 변경: \(quoted(steps))"
            ),
            hint: language.says(
                "look, then say so: `migrate resolve \(first) --applied --reason …`, or `--not-applied`",
                ko: "직접 확인한 뒤 `migrate resolve \(first) --applied --reason …` 또는 `--not-applied`"
            ),
            .inDoubt
        )
    }

    private static func differ(_ differences: [StepDifference], in language: Language) -> Message {
        let lines = differences.map { words($0) }.joined(separator: "\n")
        return Message(
            language.says(
                "\(ReportWords.count(differences.count, "step")) that did something would not be the same:\n\(lines)",
                ko: "이미 변경을 한 단계 \(differences.count)개가 달라짐:\n\(lines)"
            ),
            hint: language.says(
                "undo them first with `migrate rollback`, put them back as they were, or go on with "
                    + "`migrate run --pinned`",
                ko: "먼저 `migrate rollback`으로 되돌리거나, 원래대로 고치거나, `migrate run --pinned`로 계속 진행"
            ),
            .usage
        )
    }

    private static func newer(_ found: String, than own: String, in language: Language) -> Message {
        Message(
            language.says(
                "this run was last written by `migrate` \(found); this is \(own), which may not understand all of it",
                ko: "이 실행은 `migrate` \(found)이(가) 마지막으로 기록함; 지금 버전 \(own)은 모두 이해하지 못할 수 있음"
            ),
            hint: language.says(
                "use `migrate` \(found) or newer; `status` and `log` read it with any",
                ko: "`migrate` \(found) 이상을 사용; `status`와 `log`는 어떤 버전으로도 읽을 수 있음"
            ),
            .usage
        )
    }
}
