/// Decides how a step is undone, from what the runbook says and what its kind can do.
struct RollbackPlanner {
    /// Planner of the step.
    let planner: StepPlanner

    private var declaration: StepDeclaration { planner.declaration }

    /// Way back of a step whose work is one call or none.
    func rollback(of kind: KindDeclaration?, into findings: inout PlanFindings) -> RollbackPlan {
        switch declaration.work {
        case .action:
            guard let kind else { return .notNeeded }
            return rollback(ofAction: kind, into: &findings)
        case .manual: return rollback(ofManual: declaration.rollback, into: &findings)
        case .probe, .confirm, .soak:
            if declaration.rollback != nil {
                refuse("a step that changes nothing has no `rollback`", hint: "take it out", into: &findings)
            }
            return .notNeeded
        }
    }

    /// Way back of one part of a composite: what the runbook says of the whole holds for each part that changes things.
    func rollback(
        ofPart part: KindDeclaration,
        in composite: KindDeclaration,
        into findings: inout PlanFindings
    ) -> RollbackPlan {
        guard part.role == .action, part.rollback != .notNeeded else { return .notNeeded }
        switch declaration.rollback {
        case .keep: return .keep
        case .some(.none(let reason)): return .none(reason: reason)
        case .captured: return captured(part, into: &findings)
        case .action:
            refuse(
                "`rollback: {do: …}` cannot undo `\(composite.name)`, whose parts are undone one by one",
                hint: "leave it out, or say `keep`, `captured` or `{none: REASON}`",
                into: &findings
            )
            return .notNeeded
        case nil:
            // Why the whole: half of a thing that is kept, say a log group without its retention, is worth less.
            if composite.rollback == .keep { return .keep }
            return rollback(ofAction: part, into: &findings)
        }
    }

    private func rollback(ofAction kind: KindDeclaration, into findings: inout PlanFindings) -> RollbackPlan {
        switch declaration.rollback {
        case .keep: return .keep
        case .some(.none(let reason)): return .none(reason: reason)
        case .captured: return captured(kind, into: &findings)
        case .action(let name, let parameters, let place):
            return action(name, parameters, at: place, into: &findings)
        case nil:
            switch kind.rollback {
            case .captured: return .captured
            case .keep: return .keep
            case .notNeeded: return .notNeeded
            case .none:
                findings.problems.append(
                    Diagnostic(
                        "`\(kind.name)` knows no way back, so the step must say what a rollback does",
                        at: declaration.workLocation,
                        length: kind.name.count,
                        hint: "add `rollback: {none: REASON}`, `rollback: keep` or `rollback: {do: KIND, with: {…}}`"
                    )
                )
                return .notNeeded
            }
        }
    }

    private func rollback(
        ofManual declared: StepDeclaration.Rollback?,
        into findings: inout PlanFindings
    ) -> RollbackPlan {
        switch declared {
        case nil: return .notNeeded
        case .keep: return .keep
        case .some(.none(let reason)): return .none(reason: reason)
        case .action(let name, let parameters, let place):
            return action(name, parameters, at: place, into: &findings)
        case .captured:
            refuse(
                "nothing is captured of what a person does",
                hint: "say `keep`, `{none: REASON}` or `{do: KIND, with: {…}}`",
                into: &findings
            )
            return .notNeeded
        }
    }

    private func captured(_ kind: KindDeclaration, into findings: inout PlanFindings) -> RollbackPlan {
        switch kind.rollback {
        case .captured, .keep: return .captured
        case .notNeeded: return .notNeeded
        case .none:
            refuse(
                "`\(kind.name)` captures nothing that it could be undone from",
                hint: "say `keep`, `{none: REASON}` or `{do: KIND, with: {…}}`",
                into: &findings
            )
            return .notNeeded
        }
    }

    private func action(
        _ name: String,
        _ parameters: SourceValue,
        at place: SourceLocation,
        into findings: inout PlanFindings
    ) -> RollbackPlan {
        guard let kind = planner.context.kind(name, as: .action, at: place, into: &findings) else { return .notNeeded }
        guard kind.expand == nil else {
            findings.problems.append(
                Diagnostic(
                    "`\(name)` takes several calls and cannot stand in `rollback`",
                    at: place,
                    length: name.count,
                    hint: "a rollback is one call"
                )
            )
            return .notNeeded
        }
        let check = ParameterCheck(kind: kind, place: place, length: name.count, scope: planner.scope)
        guard let filled = check.parameters(from: parameters, .allowedWithOwn, into: &findings) else {
            return .notNeeded
        }
        return .action(ActionCall(kind: name, parameters: filled, effect: kind.effect(with: filled)))
    }

    private func refuse(_ message: String, hint: String, into findings: inout PlanFindings) {
        let source = declaration.wording["rollback"]
        findings.problems.append(
            Diagnostic(
                message,
                at: source?.location ?? declaration.workLocation,
                length: source?.length ?? 1,
                hint: hint
            )
        )
    }
}
