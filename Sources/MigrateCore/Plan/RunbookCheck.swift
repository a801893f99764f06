/// Rules on names that need no catalog.
package enum RunbookCheck {
    /// Ids that are used twice or are none, and phases without steps.
    package static func problems(in runbook: Runbook) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        var phases: [String: SourceLocation] = [:]
        var steps: [String: SourceLocation] = [:]
        for phase in runbook.phases {
            let id = phase.id.rawValue
            problems += check(id, at: phase.location, noun: "phase", seen: &phases)
            if phase.steps.isEmpty {
                problems.append(
                    Diagnostic(
                        "phase `\(id)` has no steps",
                        at: phase.location,
                        length: id.count,
                        hint: "a phase that does nothing would count as done: give it steps or take it out"
                    )
                )
            }
            for step in phase.steps { problems += check(step.id, at: step.location, noun: "step", seen: &steps) }
        }
        var notices: [String: SourceLocation] = [:]
        for notice in runbook.notices {
            problems += check(notice.id, at: notice.location, noun: "notice", seen: &notices)
        }
        return problems
    }

    private static func check(
        _ id: String,
        at place: SourceLocation,
        noun: String,
        seen: inout [String: SourceLocation]
    ) -> [Diagnostic] {
        guard isWellFormed(id) else {
            return [
                Diagnostic(
                    "`\(id)` cannot name a \(noun)",
                    at: place,
                    length: id.count,
                    hint: "an id begins with a small letter or a digit and goes on with those and `-`"
                )
            ]
        }
        guard let first = seen.updateValue(place, forKey: id) else { return [] }
        seen[id] = first
        return [
            Diagnostic(
                "there are two \(noun)s with the id `\(id)`",
                at: place,
                length: id.count,
                hint: "the first stands at \(first.file):\(first.line):\(first.column)"
            )
        ]
    }

    /// Whether `id` matches `[a-z0-9][a-z0-9-]*`.
    private static func isWellFormed(_ id: String) -> Bool {
        guard let first = id.utf8.first, first != UInt8(ascii: "-") else { return false }
        return id.utf8.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                || $0 == UInt8(ascii: "-")
        }
    }
}
