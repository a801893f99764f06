/// Works out which step waits for which, and refuses what can never start.
struct OrderCheck {
    /// Mistakes found.
    private(set) var problems: [Diagnostic] = []
    /// For each step as written, the steps it waits for, by index.
    private(set) var needs: [[Int]]
    /// Indices of all steps such that each comes after those it waits for, as close to the order written as can be.
    private(set) var order: [Int] = []
    /// Phase of each step, counted from 0.
    let phaseIndex: [Int]

    init(runbook: Runbook, drafts: [StepDraft], unreadable: Set<String>) {
        phaseIndex = runbook.phases.enumerated().flatMap { index, phase in phase.steps.map { _ in index } }
        needs = Array(repeating: [], count: drafts.count)
        var indices: [String: Int] = [:]
        for (index, draft) in drafts.enumerated() where indices[draft.declaration.id] == nil {
            indices[draft.declaration.id] = index
        }
        for (index, draft) in drafts.enumerated() {
            if let references = draft.declaration.needs {
                for reference in references where !unreadable.contains(reference.id) {
                    if let need = resolve(reference, of: index, in: drafts, indices: indices) {
                        needs[index].append(need)
                    }
                }
            } else if index > 0, phaseIndex[index - 1] == phaseIndex[index] {
                needs[index] = [index - 1]
            }
        }
        sort(drafts)
    }

    private mutating func resolve(
        _ reference: StepDeclaration.Reference,
        of index: Int,
        in drafts: [StepDraft],
        indices: [String: Int]
    ) -> Int? {
        let name = drafts[index].declaration.id
        guard let need = indices[reference.id] else {
            let meant = Spelling.suggestion(for: reference.id, among: indices.keys)
            problems.append(
                Diagnostic(
                    "`\(name)` needs the unknown step `\(reference.id)`",
                    at: reference.location,
                    length: reference.id.count,
                    hint: meant.map { "did you mean `\($0)`?" } ?? "steps are named by their `id`"
                )
            )
            return nil
        }
        guard phaseIndex[need] <= phaseIndex[index] else {
            problems.append(
                Diagnostic(
                    "`\(name)` needs `\(reference.id)`, which is in the later phase `\(drafts[need].phase)`",
                    at: reference.location,
                    length: reference.id.count,
                    hint: "phases run one after the other: move one of the two steps"
                )
            )
            return nil
        }
        return need
    }

    /// Depth first along `needs`, without recursion, since a runbook may be one long chain.
    private mutating func sort(_ drafts: [StepDraft]) {
        enum Mark {
            case unseen
            case open
            case done
            case stuck
        }
        var marks = Array(repeating: Mark.unseen, count: drafts.count)
        for root in drafts.indices where marks[root] == .unseen {
            var path: [(step: Int, next: Int)] = [(root, 0)]
            marks[root] = .open
            while let top = path.last {
                guard top.next < needs[top.step].count else {
                    path.removeLast()
                    let isStuck = marks[top.step] == .stuck || needs[top.step].contains { marks[$0] == .stuck }
                    if isStuck, marks[top.step] != .stuck { reportStuck(top.step, drafts) { marks[$0] == .stuck } }
                    marks[top.step] = isStuck ? .stuck : .done
                    order.append(top.step)
                    continue
                }
                let need = needs[top.step][top.next]
                path[path.count - 1].next += 1
                switch marks[need] {
                case .unseen:
                    marks[need] = .open
                    path.append((need, 0))
                case .open:
                    let cycle = path.map(\.step).drop { $0 != need }
                    reportCycle(Array(cycle), drafts)
                    for step in cycle { marks[step] = .stuck }
                case .done, .stuck: break
                }
            }
        }
    }

    private mutating func reportCycle(_ cycle: [Int], _ drafts: [StepDraft]) {
        guard let first = cycle.first else { return }
        let ring = cycle + [first]
        let names = ring.map { "`\(drafts[$0].declaration.id)`" }.joined(separator: " → ")
        // The place is where one says `needs`; the others may wait only because they follow.
        let place = zip(ring, ring.dropFirst()).lazy.compactMap { step, need in
            drafts[step].declaration.needs?.first { $0.id == drafts[need].declaration.id }
        }.first
        let declaration = drafts[first].declaration
        let message = cycle.count == 1 ? "`\(declaration.id)` needs itself" : "steps wait for each other: \(names)"
        problems.append(
            Diagnostic(
                message,
                at: place?.location ?? declaration.location,
                length: (place?.id ?? declaration.id).count,
                hint: "a step without `needs` waits for the one before it"
            )
        )
    }

    /// Names a step that waits for one in a cycle; only where it says so itself, else each follower would be named.
    private mutating func reportStuck(_ step: Int, _ drafts: [StepDraft], isStuck: (Int) -> Bool) {
        let declaration = drafts[step].declaration
        guard let references = declaration.needs else { return }
        let names = Set(needs[step].filter(isStuck).map { drafts[$0].declaration.id })
        guard let culprit = references.first(where: { names.contains($0.id) }) else { return }
        problems.append(
            Diagnostic(
                "`\(declaration.id)` can never start: `\(culprit.id)` waits for itself",
                at: culprit.location,
                length: culprit.id.count
            )
        )
    }

    /// Steps of all drafts in an order in which they can run, with what each waits for.
    func steps(of drafts: [StepDraft]) -> [PlanStep] {
        // Why the last part alone: each part waits for the one before it.
        var ends: [[StepID]] = Array(repeating: [], count: drafts.count)
        var steps: [PlanStep] = []
        for index in order {
            var waits: [StepID] = []
            for need in needs[index] { waits += ends[need] }
            if needs[index].count > 1 {
                var seen: Set<StepID> = []
                waits = waits.filter { seen.insert($0).inserted }
            }
            for item in drafts[index].items {
                var previous: StepID?
                for var step in item.steps {
                    step.needs = previous.map { [$0] } ?? waits
                    previous = step.id
                    steps.append(step)
                }
                if let previous { ends[index].append(previous) }
            }
            // Why: a loop without items is over at once, so whoever waits for it waits for what came before it.
            if ends[index].isEmpty { ends[index] = waits }
        }
        return steps
    }
}
