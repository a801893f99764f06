/// Holds names that only the run fills in against the steps that make them known.
struct LateNameCheck {
    private let context: PlanContext
    private let drafts: [StepDraft]
    private let indices: [String: Int]
    private let reach: StepReach

    init(context: PlanContext, drafts: [StepDraft], order: OrderCheck) {
        self.context = context
        self.drafts = drafts
        indices = Dictionary(
            drafts.enumerated().map { ($0.element.declaration.id, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        reach = StepReach(order)
    }

    /// Mistakes among the late names of `findings`.
    func problems(in findings: PlanFindings) -> [Diagnostic] { findings.lateNames.compactMap(problem) }

    private func problem(_ name: LateName) -> Diagnostic? {
        switch name.path[0] {
        case "secrets": secretProblem(name)
        case "steps": stepProblem(name)
        default: captureProblem(name)
        }
    }

    private func diagnostic(_ message: String, _ name: LateName, hint: String? = nil) -> Diagnostic {
        Diagnostic(message, at: name.location, length: Template.text(of: name.path).count, hint: hint)
    }

    private func secretProblem(_ name: LateName) -> Diagnostic? {
        let names = Set(context.runbook.secrets.map(\.name))
        guard name.path.count == 2 else {
            return diagnostic("`${secrets…}` needs the name of a secret, as in `${secrets.token}`", name)
        }
        guard !names.contains(name.path[1]) else { return nil }
        return diagnostic(
            "unknown secret `\(name.path[1])`",
            name,
            hint: VariableTable.hint(for: name.path[1], among: names) ?? "declare it under `secrets:`"
        )
    }

    private func stepProblem(_ name: LateName) -> Diagnostic? {
        guard name.path.count >= 3 else {
            return diagnostic("`${steps…}` needs a step and a fact, as in `${steps.ID.fact}`", name)
        }
        let id = name.path[1]
        guard let index = indices[id] else {
            guard !context.unreadable.contains(id) else { return nil }
            let meant = Spelling.suggestion(for: id, among: indices.keys)
            return diagnostic("unknown step `\(id)`", name, hint: meant.map { "did you mean `\($0)`?" })
        }
        if let problem = reachProblem(index, name) { return problem }
        let draft = drafts[index]
        guard let facts = draft.facts else { return nil }
        var rest = name.path[2...]
        if let keys = draft.keys {
            guard keys.contains(rest[2]) else {
                let hint = VariableTable.hint(for: rest[2], among: Set(keys))
                return keys.isEmpty ? nil : diagnostic("`\(id)` has no item `\(rest[2])`", name, hint: hint)
            }
            rest = rest.dropFirst()
            guard !rest.isEmpty else {
                return diagnostic("`${steps…}` needs a fact of the item, as in `${steps.\(id).ITEM.fact}`", name)
            }
        }
        guard let fact = rest.first, !facts.contains(fact) else { return nil }
        let hint =
            facts.isEmpty ? "a step of its kind makes nothing known" : VariableTable.hint(for: fact, among: facts)
        return diagnostic("`\(id)` makes no `\(fact)` known", name, hint: hint)
    }

    private func captureProblem(_ name: LateName) -> Diagnostic? {
        let captured = name.path[0]
        let makers = context.captures[captured] ?? []
        if makers.count > 1 {
            return diagnostic(
                "`\(captured)` is captured by more than one step",
                name,
                hint: "write `${steps.ID.\(captured)}` to say which is meant"
            )
        }
        guard let maker = makers.first else { return nil }
        if let problem = reachProblem(maker, name) { return problem }
        guard drafts[maker].keys == nil else {
            return diagnostic(
                "`\(captured)` is captured by each item of `\(drafts[maker].declaration.id)`",
                name,
                hint: "write `${steps.\(drafts[maker].declaration.id).ITEM.\(captured)}` to say which is meant"
            )
        }
        return nil
    }

    /// Why what step `maker` makes known cannot be used by the step that `name` stands in; nil when it can.
    private func reachProblem(_ maker: Int, _ name: LateName) -> Diagnostic? {
        let id = drafts[maker].declaration.id
        if maker == name.step {
            guard !name.mayNameItself else { return nil }
            return diagnostic(
                "`\(id)` cannot use what only it makes known",
                name,
                hint: "its own facts are known in `verify`, `watch` and `rollback`"
            )
        }
        guard !reach.isOver(maker, before: name.step) else { return nil }
        let user = drafts[name.step].declaration.id
        return diagnostic(
            "`\(id)` need not be over when `\(user)` starts",
            name,
            hint: reach.isOver(name.step, before: maker)
                ? "facts come from earlier steps only, and `\(id)` waits for `\(user)`: move it before"
                : "facts come from earlier steps only: add `needs: [\(id)]`"
        )
    }
}

/// Which steps are certainly over when another starts.
struct StepReach {
    private let phaseIndex: [Int]
    private let firstOfPhase: [Int]
    /// For each step a bit for each step of its phase that it waits for, directly or not.
    private let ancestors: [[UInt64]]

    init(_ order: OrderCheck) {
        let phaseIndex = order.phaseIndex
        var firsts: [Int] = []
        for (index, phase) in phaseIndex.enumerated() {
            while firsts.count <= phase { firsts.append(index) }
        }
        var ancestors: [[UInt64]] = Array(repeating: [], count: phaseIndex.count)
        for step in order.order {
            let first = firsts[phaseIndex[step]]
            var bits: [UInt64] = []
            for need in order.needs[step] where phaseIndex[need] == phaseIndex[step] {
                Self.unite(&bits, with: ancestors[need])
                Self.insert(need - first, into: &bits)
            }
            ancestors[step] = bits
        }
        self.phaseIndex = phaseIndex
        firstOfPhase = firsts
        self.ancestors = ancestors
    }

    /// Whether step `earlier` is over when `later` starts, whatever happens.
    func isOver(_ earlier: Int, before later: Int) -> Bool {
        guard phaseIndex[earlier] == phaseIndex[later] else { return phaseIndex[earlier] < phaseIndex[later] }
        let bit = earlier - firstOfPhase[phaseIndex[later]]
        let bits = ancestors[later]
        return bit / 64 < bits.count && bits[bit / 64] & (1 << UInt64(bit % 64)) != 0
    }

    private static func unite(_ bits: inout [UInt64], with others: [UInt64]) {
        if bits.isEmpty {
            bits = others
            return
        }
        if bits.count < others.count { bits += Array(repeating: 0, count: others.count - bits.count) }
        for index in others.indices { bits[index] |= others[index] }
    }

    private static func insert(_ bit: Int, into bits: inout [UInt64]) {
        if bits.count <= bit / 64 { bits += Array(repeating: 0, count: bit / 64 + 1 - bits.count) }
        bits[bit / 64] |= 1 << UInt64(bit % 64)
    }
}
