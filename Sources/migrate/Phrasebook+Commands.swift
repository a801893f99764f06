import MigrateCore

extension Phrasebook {
    /// Why a command was not carried out; what is met at night is said in both languages.
    static func message(for fault: CommandFault, in language: Language) -> Message {
        switch fault {
        case .noSuchRunbook(let name, let known):
            return Message("there is no runbook `\(name)`", hint: list(known, of: "runbooks"), .usage)
        case .whichRunbook(let known) where known.isEmpty:
            return Message(
                "there is no runbook here",
                hint: "go to the folder that holds `runbooks/`, or give `--runbook FILE`",
                .usage
            )
        case .whichRunbook(let known):
            return Message("which runbook?", hint: "give `--runbook`; \(list(known, of: "runbooks"))", .usage)
        case .noSuchEnvironment(let name, let known):
            return Message("there is no environment `\(name)`", hint: list(known, of: "environments"), .usage)
        case .whichEnvironment(let known):
            return Message("which environment?", hint: "give `--env`; \(list(known, of: "environments"))", .usage)
        case .unreadableFile(let path, let reason):
            return Message("`\(path)` cannot be read: \(reason)", hint: "check the path and your permission", .usage)
        case .folderNotMade(let path, let reason):
            return Message(
                "folder `\(path)` cannot be made: \(reason)",
                hint: "check the permissions of the folder it is to be in, or give another with `--state`",
                .unexpected
            )
        case .badTimeScale(let text):
            return Message(
                "`MIGRATE_TIME_SCALE` is `\(text)`, not a whole number of at least 1",
                hint: "unset it outside rehearsals",
                .usage
            )
        case .timeScaleNeedsEndpoint:
            return Message(
                "`MIGRATE_TIME_SCALE` shortens waits, and `AWS_ENDPOINT_URL` is not set, so AWS itself would be called",
                hint: "unset `MIGRATE_TIME_SCALE`; waits are only ever shortened in a rehearsal",
                .usage
            )
        case .timeScaleNeedsLoopback(let endpoint):
            return Message(
                "`MIGRATE_TIME_SCALE` shortens waits, and `\(endpoint)` is not on this machine",
                hint: "unset `MIGRATE_TIME_SCALE`; waits are only ever shortened in a rehearsal",
                .usage
            )
        case .planChanged(let runbook, let run):
            return Message(
                language.says(
                    "runbook `\(runbook)` or its values changed since run \(run) began",
                    ko: "런북 `\(runbook)` 또는 그 값이 실행 \(run)을 시작한 뒤 바뀜"
                ),
                hint: language.says(
                    "`migrate revise` takes the change into the run; `migrate run --pinned` goes on without it",
                    ko: "바뀐 내용을 반영하려면 `migrate revise`, 반영하지 않고 이어 가려면 `migrate run --pinned`"
                ),
                .usage
            )
        case .nothingHasRun(let runbook, let environment):
            return Message(
                language.says(
                    "nothing of `\(runbook)` has run in `\(environment)`",
                    ko: "`\(environment)` 환경에서 `\(runbook)`을(를) 실행한 적이 없음"
                ),
                hint: language.says("begin with `migrate run`", ko: "시작하려면 `migrate run`"),
                .usage
            )
        case .missingPrograms(let phase, let missing):
            let lines = missing.map { "\n  \($0.step) needs \($0.programs.joined(separator: " or "))" }.joined()
            return Message(
                "\(phase) cannot run on this machine:\(lines)",
                hint: "install them, or give `--skip-missing-tools` to leave these steps out, on record",
                .checkFailed
            )
        case .runIsUnderWay(let holder):
            return Message(
                language.says(
                    "\(words(holder, in: language)) is at work on this run",
                    ko: "\(words(holder, in: language)) 이 실행에서 작업 중"
                ),
                hint: language.says("wait for it, or stop it first", ko: "끝나기를 기다리거나 먼저 멈춤"),
                .leaseHeld
            )
        case .requestRefused(let reason):
            return Message(
                language.says("refused: \(reason)", ko: "거부됨: \(reason)"),
                hint: language.says(
                    "`migrate status` shows what waits, and for whom",
                    ko: "무엇이 누구를 기다리는지 보려면 `migrate status`"
                ),
                .usage
            )
        case .unknownApproval(let name, let known):
            return Message("the runbook has no approval `\(name)`", hint: list(known, of: "approvals"), .usage)
        case .nobodyToAsk:
            return Message(
                language.says("there is no terminal to ask at, so nothing was done", ko: "물어볼 터미널이 없어 아무것도 하지 않음"),
                hint: language.says("`--yes` confirms without asking", ko: "묻지 않고 확인하려면 `--yes`"),
                .paused
            )
        case .nobodyToApprove(let name):
            return Message(
                language.says(
                    "there is no terminal to ask at, so `\(name)` was not approved",
                    ko: "물어볼 터미널이 없어 `\(name)`을(를) 승인하지 않음"
                ),
                hint: language.says(
                    "`--digest` with the one shown says yes to exactly that; `--yes` says yes to whatever it is",
                    ko: "위에 보인 내용만 승인하려면 그 다이제스트를 `--digest`로, 무엇이든 승인하려면 `--yes`"
                ),
                .paused
            )
        case .notAsked(let name):
            return Message(
                language.says("nothing waits for approval `\(name)`", ko: "승인 `\(name)`을(를) 기다리는 단계가 없음"),
                hint: language.says(
                    "`migrate status` shows what the run waits for",
                    ko: "실행이 무엇을 기다리는지 보려면 `migrate status`"
                ),
                .usage
            )
        case .subjectUnknown(let name):
            return Message(
                language.says("what `\(name)` covers has not been looked at yet", ko: "승인 `\(name)`의 대상을 아직 확인하지 않음"),
                hint: language.says(
                    "it is when `migrate run` waits for it: have it go on, then approve",
                    ko: "`migrate run`이 승인을 기다릴 때 확인함: 먼저 이어서 실행한 뒤 승인"
                ),
                .paused
            )
        case .otherSubject(let name):
            return Message(
                language.says(
                    "what `\(name)` covers has another digest, so it was not approved",
                    ko: "승인 `\(name)` 대상의 다이제스트가 달라 승인하지 않음"
                ),
                hint: language.says(
                    "read what is shown above; if it is right, give its digest",
                    ko: "위의 내용을 읽고 맞으면 그 다이제스트를 입력"
                ),
                .checkFailed
            )
        case .pastReturn(let steps):
            return Message(
                language.says(
                    "the run is past a point of no return: \(quoted(steps))",
                    ko: "되돌아올 수 없는 지점을 지난 실행: \(quoted(steps))"
                ),
                hint: language.says(
                    "read above what coming back costs; `--accept-loss` goes back all the same",
                    ko: "되돌리면 무엇을 잃는지 위에서 확인; 그래도 되돌리려면 `--accept-loss`"
                ),
                .paused
            )
        case .notInRehearsal:
            return Message(
                "`--as` is for rehearsals, and this run is none",
                hint: "a yes counts for the person who gives it",
                .usage
            )
        case .rehearsalStopped(let command, let status):
            return Message(
                "the rehearsal stopped: `migrate \(command)` ended \(status.map { "with \($0)" } ?? "by a signal")",
                hint: "what it said is above; its journal is kept in the state folder under `rehearsals/`",
                .checkFailed
            )
        case .holderGone:
            return Message(
                language.says("the process that took the request is gone", ko: "요청을 받은 프로세스가 사라짐"),
                hint: language.says(
                    "`migrate status` shows where the run stands; `migrate run` or `migrate back-out` goes on",
                    ko: "현재 상태는 `migrate status`; 이어 가려면 `migrate run` 또는 `migrate back-out`"
                ),
                .paused
            )
        case .held(let held, let age, let steps): return message(for: held, age: age, at: steps, in: language)
        case .notToUndo(let step, let steps):
            return Message(
                language.says(
                    "step `\(step)` is not among what would be undone, and was left out of nothing",
                    ko: "단계 `\(step)`: 되돌릴 대상이 아니어서 제외할 것이 없음"
                ),
                hint: language.says(
                    "to be undone: \(steps.joined(separator: ", "))",
                    ko: "되돌릴 대상: \(steps.joined(separator: ", "))"
                ),
                .usage
            )
        case .notToLeave(let step):
            return Message(
                language.says(
                    "step `\(step)` cannot be left: its program is at work, or later shares of traffic stand upon it",
                    ko: "단계 `\(step)`은(는) 제외할 수 없음: 프로그램이 실행 중이거나 이후 트래픽 비중이 남아 있음"
                ),
                hint: language.says(
                    "`migrate rollback` without `--skip` waits for the program, and brings traffic home as a whole",
                    ko: "`--skip` 없는 `migrate rollback`은 프로그램을 기다리고 트래픽을 한 번에 되돌림"
                ),
                .usage
            )
        case .manySteps(let name, let steps):
            return Message(
                language.says("`\(name)` is more than one step", ko: "`\(name)`은(는) 단계가 여러 개임"),
                hint: language.says(
                    "name one of \(steps.joined(separator: ", "))",
                    ko: "다음 중 하나를 지정: \(steps.joined(separator: ", "))"
                ),
                .usage
            )
        case .rollbackMoved:
            return Message(
                language.says(
                    "the run has moved on since the rollback was shown, so nothing was undone",
                    ko: "되돌릴 내용을 보여 준 뒤 실행이 더 진행되어 아무것도 되돌리지 않음"
                ),
                hint: language.says("look again: `migrate rollback --plan`", ko: "다시 확인: `migrate rollback --plan`"),
                .paused
            )
        case .programAtWork(let names):
            return Message(
                language.says(
                    "a program of the run that was given up is still at work: \(names.joined(separator: ", "))",
                    ko: "취소한 실행의 프로그램이 아직 작업 중: \(names.joined(separator: ", "))"
                ),
                hint: language.says(
                    "`migrate rollback` waits for it and undoes what it does",
                    ko: "끝나기를 기다려 되돌리려면 `migrate rollback`"
                ),
                .paused
            )
        case .runNotCanceled:
            return Message(
                language.says("the latest run is not over, so no new one was begun", ko: "마지막 실행이 끝나지 않아 새로 시작하지 않음"),
                hint: language.says(
                    "`migrate run` goes on with it; `migrate cancel --reason WHY` gives it up",
                    ko: "이어 가려면 `migrate run`, 취소하려면 `migrate cancel --reason WHY`"
                ),
                .usage
            )
        case .noAnswer(let holder):
            return Message(
                language.says(
                    "\(words(holder, in: language)) holds the run and did not answer",
                    ko: "\(words(holder, in: language))이(가) 실행을 점유하고 있으나 응답이 없음"
                ),
                hint: language.says(
                    "if it hangs, end it; then `migrate takeover`",
                    ko: "멈춰 있으면 종료한 뒤 `migrate takeover`"
                ),
                .leaseHeld
            )
        case .checkFailed: return Message("a check failed", .checkFailed)
        case .sandbox(let text, let hint): return Message(text, hint: hint, .unexpected)
        case .notConfirmed:
            return Message(
                language.says("nothing was done", ko: "아무것도 하지 않음"),
                hint: language.says("`--yes` confirms without asking", ko: "묻지 않고 확인하려면 `--yes`"),
                .paused
            )
        case .unknownTarget(let text, let known):
            return Message("the runbook has no phase or step `\(text)`", hint: list(known, of: "phases"), .usage)
        case .unknownKind(let name, let suggestion):
            return Message(
                "there is no kind `\(name)`",
                hint: suggestion.map { "did you mean `\($0)`?" } ?? "`migrate kinds` lists them",
                .usage
            )
        case .unknownPrice(let key, let item, let known):
            let meant = Spelling.suggestion(for: key, among: known)
            return Message(
                "there is no price `\(key)`" + (item.map { ", which `\($0)` uses" } ?? ""),
                hint: meant.map { "did you mean `\($0)`?" } ?? "there are \(known.joined(separator: ", "))",
                .usage
            )
        case .unreadablePrice(let setting):
            return Message(
                "`\(setting)` gives no price",
                hint: "a number of US dollars from 0 on, as in `--price fargate.vcpu_hour=0.04656`",
                .usage
            )
        }
    }
}
