import Journal
import MigrateCore

extension Phrasebook {
    static func message(for fault: JournalFault) -> Message {
        switch fault {
        case .cannotOpen(let path, let reason): return cannotOpen(path, reason)
        case .notAJournal(let path):
            return Message(
                "`\(path)` is not a journal",
                hint: "move it away, or give another folder with `--state`",
                .usage
            )
        case .newerFormat(let path, let found, let supported):
            return Message(
                "journal `\(path)` has format \(found); this tool reads up to \(supported)",
                hint: "use the newer `migrate` that wrote it",
                .usage
            )
        case .otherRunbook(let path, let found, let wanted):
            return Message(
                "journal `\(path)` is of `\(found.runbook)` in `\(found.environment)`, not of `\(wanted.runbook)` in "
                    + "`\(wanted.environment)`",
                hint: "put it back under its own name, or give another folder with `--state`",
                .usage
            )
        case .readOnly(let path):
            return Message(
                "journal `\(path)` cannot be written; nothing was done",
                hint: "check its permissions and those of its folder",
                .unexpected
            )
        case .full(let path):
            return Message(
                "no space left for journal `\(path)`; nothing is done that cannot be recorded",
                hint: "free space, then run the same command again: nothing is lost",
                .unexpected
            )
        case .corrupted(let path, let detail):
            return Message(
                "journal `\(path)` is damaged: \(detail)",
                hint: "copy it away before anything else; restore the last backup",
                .unexpected
            )
        case .busy(let path):
            return Message(
                "journal `\(path)` stays locked by another process",
                hint: "`migrate status` shows who",
                .leaseHeld
            )
        case .diskFailed(let path, let detail):
            return Message(
                "the disk failed under journal `\(path)`: \(detail)",
                hint: "run the same command again once the disk is sound; what was done is found out then",
                .unexpected
            )
        case .notDurable(let path, let journalMode, let synchronous):
            return Message(
                "`\(path)` is on a file system that does not keep what is written (journal mode \(journalMode), synchronous "
                    + "\(synchronous))",
                hint: "put `--state` on a local disk",
                .unexpected
            )
        case .refused(let path, let code, let detail):
            return Message("journal `\(path)`: SQLite refused (\(code)): \(detail)", .unexpected)
        }
    }

    private static func cannotOpen(_ path: String, _ reason: JournalFault.OpenFailure) -> Message {
        switch reason {
        case .missing:
            Message("there is no journal `\(path)`", hint: "nothing has run yet; begin with `migrate run`", .usage)
        case .directoryMissing:
            Message("the folder of journal `\(path)` does not exist", hint: "give it with `--state`", .usage)
        case .isDirectory: Message("`\(path)` is a folder, not a journal", .usage)
        case .notReadable: Message("journal `\(path)` may not be read", hint: "check its permissions", .unexpected)
        case .directoryNotWritable:
            Message(
                "the folder of journal `\(path)` may not be written; nothing was done",
                hint: "check its permissions, or give another with `--state`",
                .unexpected
            )
        case .needsRecovery:
            Message(
                "journal `\(path)` was left by a crash and must be opened for writing once",
                hint: "run the command as a user who may write in its folder",
                .unexpected
            )
        case .other(let words): Message("journal `\(path)` cannot be opened: \(words)", .unexpected)
        }
    }

    /// What `log --verify` says when `status` would show something else than what the events add up to.
    static func untrue(_ report: StandingReport, run: Int, in language: Language) -> String {
        let steps = report.steps.isEmpty ? "" : ": \(report.steps.map { "`\($0)`" }.joined(separator: ", "))"
        return language.says(
            "run \(run): what `status` shows is not what the events add up to\(steps); the next session that writes "
                + "sets it right",
            ko: "실행 \(run): `status`가 보여 주는 내용이 이벤트와 맞지 않음\(steps); 다음에 기록하는 세션이 바로잡음"
        )
    }
}
