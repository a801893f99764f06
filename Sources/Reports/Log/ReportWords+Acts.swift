import MigrateCore

/// Words about what people do to a run.
extension ReportWords {
    /// What somebody asked for.
    public static func text(of act: RunRequest.Act) -> String {
        switch act {
        case .approve(let name, _, _, _): "approve \(name)"
        case .revoke(let name): "take back the approval \(name)"
        case .resume: "resume"
        case .cancel(let reason): "give the run up: \(reason)"
        case .accept(let phase, let reason): "let \(phase) go on: \(reason)"
        case .reject(let name, _): "reject \(name)"
        case .pause: "pause"
        case .backOut: "back out"
        case .skip(let step, let reason): "skip \(step): \(reason)"
        case .retry(let step): "retry \(step)"
        case .keepAsIs(let step, let reason): "leave \(step) as it is: \(reason)"
        case .resolve(let step, let applied, _): "resolve \(step) as \(applied ? "applied" : "not applied")"
        case .done(let step, _): "done \(step)"
        }
    }

    /// What a revision brought, a line each.
    public static func lines(of revision: PlanRevision) -> [String] {
        var lines = ["the run goes on with definition \(revision.number)"]
        for (word, steps) in [("added", revision.added), ("removed", revision.removed), ("changed", revision.changed)] {
            guard !steps.isEmpty else { continue }
            lines.append("\(word): \(steps.map { "`\($0)`" }.joined(separator: ", "))")
        }
        return lines
    }
}
