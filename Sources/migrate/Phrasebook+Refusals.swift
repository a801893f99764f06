import MigrateCore
import Reports

extension Phrasebook {
    /// Why the rules do not let a run do what was asked, and what to do about it.
    static func message(for refusal: RunRefusal) -> Message {
        switch refusal {
        case .earlierPhasesUnfinished(let phase, let missing):
            let names = missing.map { "\n  \($0)" }.joined()
            return Message(
                "\(phase) cannot start: \(missing.count) earlier step\(missing.count == 1 ? " is" : "s are") not done:\(names)",
                hint: "`migrate run --through \(phase)` does them first",
                .usage
            )
        case .unknownPhase(let name, let known):
            return Message("the runbook has no phase `\(name)`", hint: list(known, of: "phases"), .usage)
        case .unknownStep(let name, let suggestion):
            return Message(
                "the runbook has no step `\(name)`, or it has not run",
                hint: suggestion.map { "did you mean `\($0)`?" },
                .usage
            )
        case .needsUnfinished(let step, let missing):
            return Message(
                "`\(step)` cannot start: it needs \(quoted(missing))",
                .usage
            )
        case .inDoubt(let steps):
            let first = steps.first?.rawValue ?? ""
            return Message(
                "nobody can tell whether these changes happened: \(steps.map { "`\($0)`" }.joined(separator: ", "))",
                hint: "look, then say so: `migrate resolve \(first) --applied --reason …`, or `--not-applied`",
                .inDoubt
            )
        case .rollbackUnfinished(let steps):
            return Message(
                "a rollback is not finished: \(steps.map { "`\($0)`" }.joined(separator: ", "))",
                hint: "`migrate rollback --continue`",
                .rollbackFailed
            )
        case .nothingToRevise:
            return Message(
                "the run has this definition already",
                hint: "`migrate run` goes on with it",
                .usage
            )
        case .executedStepsDiffer(let differences):
            return Message(
                "\(ReportWords.count(differences.count, "step")) that did something would not be the same:\n"
                    + differences.map { words($0) }.joined(separator: "\n"),
                hint: "undo them first with `migrate rollback`, put them back as they were, or go on with "
                    + "`migrate run --pinned`",
                .usage
            )
        case .newerTool(let found, let own):
            return Message(
                "this run was last written by `migrate` \(found); this is \(own), which may not understand all of it",
                hint: "use `migrate` \(found) or newer; `status` and `log` read it with any",
                .usage
            )
        case .nothingToRollBack: return Message("nothing is left to undo", .usage)
        case .canceled:
            return Message(
                "the run was given up",
                hint: "`migrate rollback --all` undoes what it did; `migrate run --new` begins another",
                .usage
            )
        case .trafficIsAway:
            return Message(
                "no rollback is left to go on with, and traffic is away",
                hint: "`migrate back-out` brings it home",
                .usage
            )
        case .trafficIsHome: return Message("traffic is at home; there is nothing to bring back", .usage)
        }
    }
}
