/// Plans one step as written: unrolls its loop, fills in its texts, expands it if it is composite.
struct StepPlanner {
    let context: PlanContext
    let declaration: StepDeclaration
    let phase: PhaseID
    var scope: PlanScope

    /// Draft of the step; what is wrong with it is added to `findings`.
    mutating func draft(into findings: inout PlanFindings) -> StepDraft {
        var draft = StepDraft(declaration: declaration, phase: phase)
        checkCaptures(into: &findings)
        let kind = workKind(into: &findings)
        checkReactions(kind: kind, into: &findings)
        guard let loop = declaration.forEach else {
            draft.items = [StepDraft.Item(key: nil, steps: steps(StepID(declaration.id), kind, into: &findings))]
            draft.facts = facts(of: kind, steps: draft.items.flatMap(\.steps))
            return draft
        }
        for (key, item) in items(of: loop, into: &findings) {
            scope.loop = (loop.name, item)
            draft.items.append(
                StepDraft.Item(key: key, steps: steps(StepID(declaration.id).item(key), kind, into: &findings))
            )
        }
        draft.facts = facts(of: kind, steps: draft.items.flatMap(\.steps))
        return draft
    }

    /// Kind of the step's work; nil when it has none, or an unknown one.
    private func workKind(into findings: inout PlanFindings) -> KindDeclaration? {
        let place = declaration.workLocation
        switch declaration.work {
        case .probe(let name): return context.kind(name, as: .probe, at: place, into: &findings)
        case .action(let name): return context.kind(name, as: .action, at: place, into: &findings)
        case .confirm(let approval):
            context.checkApproval(approval, at: place, into: &findings)
            return nil
        case .manual, .soak: return nil
        }
    }

    /// Names that the step makes known; nil when its kind is unknown.
    private func facts(of kind: KindDeclaration?, steps: [PlanStep]) -> Set<String>? {
        var names = Set(declaration.capture.keys)
        switch declaration.work {
        case .probe, .action:
            guard let kind else { return nil }
            names.formUnion(kind.facts.keys)
            guard kind.expand != nil else { return names }
            for step in steps {
                switch step.work {
                case .probe(let call):
                    names.formUnion(context.kinds.kind(call.kind, as: .probe)?.facts.keys.map { $0 } ?? [])
                case .action(let call):
                    names.formUnion(context.kinds.kind(call.kind, as: .action)?.facts.keys.map { $0 } ?? [])
                case .confirm, .manual, .soak: break
                }
            }
            return names
        case .confirm, .manual, .soak: return names
        }
    }

    private func items(
        of loop: StepDeclaration.ForEach,
        into findings: inout PlanFindings
    ) -> [(key: String, item: Value)] {
        if VariableTable.reservedNames.contains(loop.name) || context.variables.names.contains(loop.name) {
            findings.add(
                "`\(loop.name)` cannot name a loop's item, it has a meaning already",
                at: loop.list,
                or: declaration.location,
                hint: "choose another name for the item"
            )
            return []
        }
        let advice = "a loop's items must be known before the run"
        guard let filled = scope.fill(loop.list, .refused(advice), into: &findings) else { return [] }
        guard case .array(let elements) = ParameterCheck.literal(of: filled) else {
            findings.add(
                "`for_each` needs a list, not \(Misfit.noun(for: filled))",
                at: loop.list,
                or: declaration.location,
                hint: "as in `for_each: {component: \"${components}\"}`"
            )
            return []
        }
        var out: [(key: String, item: Value)] = []
        var seen: Set<String> = []
        for (index, element) in elements.enumerated() {
            guard let key = Self.key(of: element), !key.isEmpty, !key.contains(where: { "[]".contains($0) }) else {
                findings.add(
                    "item \(index + 1) of `for_each` has no key",
                    at: loop.list,
                    or: declaration.location,
                    hint: "an item is a text or a number without `[` and `]`, or a mapping with such a `name`"
                )
                continue
            }
            guard seen.insert(key).inserted else {
                findings.add(
                    "two items of `for_each` have the key `\(key)`",
                    at: loop.list,
                    or: declaration.location,
                    hint: "keys name the steps, so each must be there once"
                )
                continue
            }
            out.append((key, element))
        }
        return out
    }

    private static func key(of item: Value) -> String? {
        switch item {
        case .string(let text): text
        case .integer, .number, .bool: item.text
        case .object(let members): members["name"].flatMap { $0.object == nil ? key(of: $0) : nil }
        case .null, .array: nil
        }
    }

    private func checkCaptures(into findings: inout PlanFindings) {
        for (name, expression) in declaration.capture.sorted(by: { $0.key < $1.key }) {
            let place = expression.location ?? declaration.location
            if VariableTable.reservedNames.contains(name) || context.variables.names.contains(name) {
                findings.problems.append(
                    Diagnostic(
                        "`\(name)` cannot be captured, the name has a meaning already",
                        at: place,
                        hint: "choose another name"
                    )
                )
            }
            if Template.mayHoldReference(expression.text) {
                findings.problems.append(
                    Diagnostic(
                        "`${…}` is not looked up in `capture`",
                        at: place,
                        hint: "write jq over the facts of the step"
                    )
                )
            }
            findings.add(expression)
        }
    }

    private func checkReactions(kind: KindDeclaration?, into findings: inout PlanFindings) {
        guard declaration.onFailure == .continue else { return }
        switch declaration.work {
        case .probe: return
        case .action, .confirm, .manual, .soak:
            findings.problems.append(
                Diagnostic(
                    "`on_failure: continue` is for probes only",
                    at: declaration.location,
                    length: declaration.id.count,
                    hint: "use `pause`, or mark a watch `advisory: true`"
                )
            )
        }
    }
}
