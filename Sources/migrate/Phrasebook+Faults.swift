import AWSClient
import Board
import Foundation
import Journal
import MigrateCore
import Network
import Runner
import Steps

/// One message to the operator: what, then what to do.
struct Message {
    var text: String
    var hint: String?
    var status: ExitStatus

    init(_ text: String, hint: String? = nil, _ status: ExitStatus) {
        self.text = text
        self.hint = hint
        self.status = status
    }

    /// As printed: `error:`, then `hint:` on a line of its own.
    func rendered(in language: Language) -> String {
        language.says("error: \(text)", ko: "오류: \(text)")
            + (hint.map { language.says("\nhint: \($0)", ko: "\n힌트: \($0)") } ?? "")
    }
}

extension Phrasebook {
    /// What to say about `error`, and the exit status that goes with it.
    static func message(for error: any Error, in language: Language) -> Message {
        switch error {
        case let fault as CommandFault: message(for: fault)
        case let fault as InitFault: fault.message
        case let fault as JournalFault: message(for: fault)
        case let refusal as RunRefusal: message(for: refusal, in: language)
        case let held as LeaseHeld: message(for: held, in: language)
        case is LeaseLost:
            Message(
                language.says(
                    "another process has taken over this run; this one has stopped",
                    ko: "다른 프로세스가 이 실행을 넘겨받음; 이 프로세스는 멈춤"
                ),
                hint: language.says("`migrate status` shows who holds it", ko: "누가 점유했는지 보려면 `migrate status`"),
                .leaseHeld
            )
        case let overdue as StopOverdue:
            Message(
                "what was in hand did not end within \(RunLoop.stopPatience.shortText): \(quoted(overdue.steps))",
                hint: "it is on record; `migrate run` finds out what became of it, and waits for programs",
                .interrupted
            )
        case let error as AWSError:
            Message(error.description, hint: error.hint, error.kind == .configuration ? .usage : .checkFailed)
        case let fault as CredentialFault: Message(fault.description, hint: fault.hint, .checkFailed)
        case BoardFault.portUnavailable(let port, let reason):
            Message(
                "port \(port) of 127.0.0.1 cannot be used: \(reason)",
                hint: "another board may be there; give another with `--port`",
                .usage
            )
        case let failure as FileFailure:
            Message(
                "`\(failure.path)` cannot be used: \(failure.reason)",
                hint: "check the path and your permission",
                .unexpected
            )
        case let missing as Prompt.NoTerminal: Message(missing.description, .checkFailed)
        case let problem as Problem: Message(problem.message, hint: problem.hint, .checkFailed)
        default:
            Message(
                "this should not have happened: \(words(ofUnknown: error))",
                hint: "what was done is on record; report this with the output of `migrate log --json`",
                .unexpected
            )
        }
    }

    /// Words of an error that we know nothing of: the system's own, or its type where it has none for people.
    private static func words(ofUnknown error: any Error) -> String {
        if let described = error as? any LocalizedError, let words = described.errorDescription { return words }
        // Why its type alone: the values of an error tell nothing to whoever did not write it.
        return type(of: error) is NSError.Type ? (error as NSError).localizedDescription : "`\(type(of: error))`"
    }

    private static func message(for fault: CommandFault) -> Message {
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
                "runbook `\(runbook)` or its values changed since run \(run) began",
                hint: "`migrate revise` takes the change into the run; `migrate run --pinned` goes on without it",
                .usage
            )
        case .nothingHasRun(let runbook, let environment):
            return Message(
                "nothing of `\(runbook)` has run in `\(environment)`",
                hint: "begin with `migrate run`",
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
                "\(words(holder, in: .english)) is at work on this run",
                hint: "wait for it, or stop it first",
                .leaseHeld
            )
        case .requestRefused(let reason):
            return Message("refused: \(reason)", hint: "`migrate status` shows what waits, and for whom", .usage)
        case .unknownApproval(let name, let known):
            return Message("the runbook has no approval `\(name)`", hint: list(known, of: "approvals"), .usage)
        case .nobodyToAsk:
            return Message(
                "there is no terminal to ask at, so nothing was done",
                hint: "`--yes` confirms without asking",
                .paused
            )
        case .nobodyToApprove(let name):
            return Message(
                "there is no terminal to ask at, so `\(name)` was not approved",
                hint: "`--digest` with the one shown says yes to exactly that; `--yes` says yes to whatever it is",
                .paused
            )
        case .notAsked(let name):
            return Message(
                "nothing waits for approval `\(name)`",
                hint: "`migrate status` shows what the run waits for",
                .usage
            )
        case .subjectUnknown(let name):
            return Message(
                "what `\(name)` covers has not been looked at yet",
                hint: "it is when `migrate run` waits for it: have it go on, then approve",
                .paused
            )
        case .otherSubject(let name):
            return Message(
                "what `\(name)` covers has another digest, so it was not approved",
                hint: "read what is shown above; if it is right, give its digest",
                .checkFailed
            )
        case .pastReturn(let steps):
            return Message(
                "the run is past a point of no return: \(quoted(steps))",
                hint: "read above what coming back costs; `--accept-loss` goes back all the same",
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
                "the process that took the request is gone",
                hint: "`migrate status` shows where the run stands; `migrate run` or `migrate back-out` goes on",
                .paused
            )
        case .rollbackMoved:
            return Message(
                "the run has moved on since the rollback was shown, so nothing was undone",
                hint: "look again: `migrate rollback --plan`",
                .paused
            )
        case .programAtWork(let names):
            return Message(
                "a program of the run that was given up is still at work: \(names.joined(separator: ", "))",
                hint: "`migrate rollback` waits for it and undoes what it does",
                .paused
            )
        case .runNotCanceled:
            return Message(
                "the latest run is not over, so no new one was begun",
                hint: "`migrate run` goes on with it; `migrate cancel --reason WHY` gives it up",
                .usage
            )
        case .noAnswer(let holder):
            return Message(
                "\(words(holder, in: .english)) holds the run and did not answer",
                hint: "if it hangs, end it; then `migrate takeover`",
                .leaseHeld
            )
        case .checkFailed: return Message("a check failed", .checkFailed)
        case .sandbox(let text, let hint): return Message(text, hint: hint, .unexpected)
        case .notConfirmed: return Message("nothing was done", hint: "`--yes` confirms without asking", .paused)
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

    /// Names as a message shows them.
    static func quoted(_ names: [some CustomStringConvertible]) -> String {
        names.map { "`\($0)`" }.joined(separator: ", ")
    }

    /// What there is to choose from, in one line.
    static func list(_ names: [String], of what: String) -> String {
        names.isEmpty ? "there are no \(what) here" : "\(what): \(names.joined(separator: ", "))"
    }
}
