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
        case let fault as CommandFault: message(for: fault, in: language)
        case let fault as InitFault: fault.message(in: language)
        case let fault as JournalFault: message(for: fault)
        case let refusal as RunRefusal: message(for: refusal, in: language)
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
                language.says(
                    "what was in hand did not end within \(RunLoop.stopPatience.shortText): \(quoted(overdue.steps))",
                    ko: "\(RunLoop.stopPatience.shortText) 안에 끝나지 않은 작업: \(quoted(overdue.steps))"
                ),
                hint: language.says(
                    "it is on record; `migrate run` finds out what became of it, and waits for programs",
                    ko: "기록되어 있음; 어떻게 되었는지는 `migrate run`이 확인하고, 프로그램은 끝나기를 기다림"
                ),
                .interrupted
            )
        case let error as AWSError:
            Message(error.description, hint: error.hint, error.kind == .configuration ? .usage : .checkFailed)
        case let fault as CredentialFault: Message(fault.description, hint: fault.hint, .checkFailed)
        case BoardFault.portUnavailable(let port, let reason):
            Message(
                language.says(
                    "port \(port) of 127.0.0.1 cannot be used: \(reason)",
                    ko: "127.0.0.1의 포트 \(port) 사용 불가: \(reason)"
                ),
                hint: language.says(
                    "another board may be there; give another with `--port`",
                    ko: "다른 보드가 실행 중일 수 있음; 다른 포트는 `--port`로 지정"
                ),
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

    /// Names as a message shows them.
    static func quoted(_ names: [some CustomStringConvertible]) -> String {
        names.map { "`\($0)`" }.joined(separator: ", ")
    }

    /// What there is to choose from, in one line.
    static func list(_ names: [String], of what: String) -> String {
        names.isEmpty ? "there are no \(what) here" : "\(what): \(names.joined(separator: ", "))"
    }
}
