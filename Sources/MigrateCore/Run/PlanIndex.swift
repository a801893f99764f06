/// Where things stand in a plan; worked out once for each plan, so that no rule has to search it.
struct PlanIndex: Sendable {
    /// Place of each step.
    let steps: [StepID: Int]
    /// Places of the steps of each phase.
    let phases: [PhaseID: Range<Int>]
    /// Places of the steps of all phases, in plan order.
    var ranges: [Range<Int>] { phases.values.sorted { $0.lowerBound < $1.lowerBound } }
    /// Places of the steps that each step waits for.
    let needs: Needs
    /// Composites that move traffic, in plan order.
    let shifts: [Shift]
    /// Looks that each step that moves traffic waits for, by its place.
    let looks: [Int: [Int]]
    /// Places of the steps from which coming back is lossy.
    let pointsOfNoReturn: [Int]
    /// Places of the steps that each approval covers, by its place: those that wait for it, up to the next approval or
    /// the end of its phase.
    let covered: [Int: [Int]]
    /// Place of the approval that covers a step.
    let approvals: [Int: Int]

    /// What each step waits for.
    ///
    /// Why one list for all steps: reading must not cost a count of references for each of them.
    struct Needs: Sendable {
        private var all: [Int] = []
        private var ends: [Int] = []
        private var isWhole: [Bool] = []
        private var dependents: [[Int]]

        /// Makes the list; nil stands for a step that is not in the plan.
        init(_ needs: [[Int?]]) {
            dependents = Array(repeating: [], count: needs.count)
            for (index, places) in needs.enumerated() {
                for place in places.compactMap(\.self) {
                    all.append(place)
                    dependents[place].append(index)
                }
                ends.append(all.count)
                isWhole.append(!places.contains(nil))
            }
        }

        /// Whether `holds` is true of everything that the step at `index` waits for, and all of it is in the plan.
        func all(of index: Int, where holds: (Int) -> Bool) -> Bool {
            guard isWhole[index] else { return false }
            for place in (index == 0 ? 0 : ends[index - 1])..<ends[index] where !holds(all[place]) { return false }
            return true
        }

        /// Steps that wait for the step at `index`, in plan order.
        func dependents(of index: Int) -> [Int] { dependents[index] }
    }

    /// The parts of one composite that moves traffic, by place.
    struct Shift: Sendable, Hashable {
        /// Composite.
        var composite: StepID
        /// All its parts.
        var parts: [Int]
        /// Part whose after-image is traffic at home.
        var anchor: Int
        /// Parts that move traffic away.
        var away: [Int]
        /// Probes ahead of the first of those.
        var looks: [Int]
    }

    init(_ plan: Plan) {
        var steps: [StepID: Int] = [:]
        var phases: [PhaseID: Range<Int>] = [:]
        var composites: [StepID: [Int]] = [:]
        var anchors: [(composite: StepID, place: Int)] = []
        steps.reserveCapacity(plan.steps.count)
        for (place, step) in plan.steps.enumerated() {
            if steps[step.id] == nil { steps[step.id] = place }
            phases[step.phase] = (phases[step.phase]?.lowerBound ?? place)..<(place + 1)
            guard let composite = step.composite else { continue }
            composites[composite, default: []].append(place)
            if step.traffic == .home { anchors.append((composite, place)) }
        }
        self.steps = steps
        self.phases = phases
        needs = Needs(plan.steps.map { step in step.needs.map { steps[$0] } })
        pointsOfNoReturn = plan.steps.indices.filter { plan.steps[$0].isPointOfNoReturn }
        covered = Self.coverage(plan, steps: steps, phases: phases)
        approvals = Dictionary(
            covered.flatMap { confirm, places in places.map { ($0, confirm) } },
            uniquingKeysWith: { max($0, $1) }
        )
        shifts = anchors.map { composite, place in
            let parts = composites[composite] ?? []
            let away = parts.filter { plan.steps[$0].traffic == .away }
            let looks = parts.filter { part in
                guard case .probe = plan.steps[part].work else { return false }
                return part < away.first ?? 0
            }
            return Shift(composite: composite, parts: parts, anchor: place, away: away, looks: looks)
        }
        looks = Dictionary(
            shifts.flatMap { shift in shift.away.map { ($0, shift.looks) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func coverage(
        _ plan: Plan,
        steps: [StepID: Int],
        phases: [PhaseID: Range<Int>]
    ) -> [Int: [Int]] {
        var covered: [Int: [Int]] = [:]
        for (confirm, step) in plan.steps.enumerated() {
            guard case .confirm = step.work, let end = phases[step.phase]?.upperBound else { continue }
            var waiting: Set = [confirm]
            for place in (confirm + 1)..<max(end, confirm + 1) {
                if case .confirm = plan.steps[place].work { break }
                guard plan.steps[place].needs.contains(where: { steps[$0].map(waiting.contains) ?? false }) else {
                    continue
                }
                waiting.insert(place)
                covered[confirm, default: []].append(place)
            }
        }
        return covered
    }

    /// Shift that the composite `id` is; nil for one that moves no traffic.
    func shift(_ id: StepID?) -> Shift? { id.flatMap { id in shifts.first { $0.composite == id } } }
}
