import MigrateCore

/// Words that reports and the command line share.
public enum ReportWords {
    /// `3 steps`, `1 step`.
    public static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// Names of `steps`, neighbours that differ only in their item taken together: `push[mimir, loki]`.
    static func list(_ steps: [StepID]) -> String {
        var groups: [(before: String, items: [String], after: String)] = []
        for step in steps {
            let text = step.rawValue
            guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else {
                groups.append((text, [], ""))
                continue
            }
            let (before, after) = (String(text[..<open]), String(text[close...].dropFirst()))
            let item = String(text[open..<close].dropFirst())
            if let last = groups.last, last.before == before, last.after == after, !last.items.isEmpty {
                groups[groups.count - 1].items.append(item)
            } else {
                groups.append((before, [item], after))
            }
        }
        return groups.map { group in
            group.items.isEmpty ? group.before : "\(group.before)[\(group.items.joined(separator: ", "))]\(group.after)"
        }.joined(separator: ", ")
    }

    /// Id of `step` as a shell takes it for one word.
    ///
    /// Why: shells look for files by what stands in brackets, and some refuse the command when there are none.
    public static func argument(_ step: StepID) -> String {
        let isPlain = step.rawValue.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        return isPlain ? step.rawValue : "'\(step.rawValue.replacing("'", with: "'\\''"))'"
    }

    /// Why a run waits for a person.
    public static func text(of reason: PauseReason) -> String { reason.text }

    /// How a session ended.
    public static func text(of end: SessionEnd) -> String {
        switch end {
        case .goalReached: "done as asked"
        case .paused(let reason): "paused: \(text(of: reason))"
        case .backedOut(let reason): "backed out, traffic is home: \(reason)"
        case .rolledBack: "rolled back"
        case .rollbackFailed(let step): "rollback stopped at `\(step)`"
        case .stopped: "stopped by the operator"
        case .answered: "requests taken in"
        }
    }

    /// What a session was asked to bring about.
    public static func text(of goal: RunGoal) -> String {
        switch goal {
        case .forward(_, _, let only?): "run step \(only)"
        case .forward(let from?, let through?, nil) where from == through: "run \(from)"
        case .forward(_, let through?, nil): "run through \(through)"
        case .forward(_, nil, nil): "run to the end"
        case .rollback(let steps, _): "roll back \(count(steps.count, "step"))"
        case .backOut(let reason): "bring traffic home: \(reason)"
        case .answer: "take in requests"
        }
    }

    /// Who holds a lease, with process and operation.
    public static func text(of holder: LeaseRecord) -> String {
        "\(holder.user)@\(holder.host), process \(holder.process), `\(holder.operation)`"
    }
}
