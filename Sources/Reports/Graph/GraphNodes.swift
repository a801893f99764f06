import MigrateCore

/// Nodes and arrows of a plan's diagram.
struct GraphNodes {
    /// All items of one step as written.
    struct Node {
        /// Name within the diagram.
        var name: String
        /// Step as written.
        var id: String
        var phase: PhaseID
        /// Title; nil for what stands for several steps, each of which has its own.
        var title: LocalizedText?
        var work: PlanStep.Work
        /// Items of its loop; 1 for a step without one.
        var items: Int
        /// Steps of the plan that it stands for.
        var steps: [StepID]
    }

    /// One node needs another.
    struct Arrow: Hashable {
        var from: String
        var to: String
    }

    private(set) var all: [Node] = []
    private(set) var arrows: [Arrow] = []

    /// Reads `plan`.
    init(of plan: Plan) {
        var places: [String: Int] = [:]
        var items: [String: Set<String>] = [:]
        for step in plan.steps {
            let whole = step.composite ?? step.id
            let written = whole.declared
            items[written, default: []].insert(whole.rawValue)
            if let place = places[written] {
                all[place].steps.append(step.id)
                // Why: what looks before it changes something is drawn as what it is for.
                if case .probe = all[place].work, case .action = step.work { all[place].work = step.work }
                continue
            }
            places[written] = all.count
            all.append(
                Node(
                    name: "s\(all.count)",
                    id: written,
                    phase: step.phase,
                    title: step.id.rawValue == written ? step.title : nil,
                    work: step.work,
                    items: 1,
                    steps: [step.id]
                )
            )
        }
        for index in all.indices { all[index].items = items[all[index].id]?.count ?? 1 }
        var seen: Set<Arrow> = []
        for step in plan.steps {
            guard let to = places[(step.composite ?? step.id).declared] else { continue }
            for need in step.needs {
                let needed = plan.steps.first { $0.id == need }?.composite ?? need
                guard let from = places[needed.declared], from != to, all[from].phase == all[to].phase else { continue }
                let arrow = Arrow(from: all[from].name, to: all[to].name)
                if seen.insert(arrow).inserted { arrows.append(arrow) }
            }
        }
    }
}
