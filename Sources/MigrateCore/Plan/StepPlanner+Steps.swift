extension StepPlanner {
    /// Time that an action or a probe may take when the runbook says nothing.
    private static let defaultTimeout: Duration = .seconds(600)

    /// Steps that one item becomes, in order; empty when something is wrong.
    func steps(_ id: StepID, _ kind: KindDeclaration?, into findings: inout PlanFindings) -> [PlanStep] {
        let before = findings.problems.count
        if let kind, kind.expand != nil {
            let parts = composite(id, kind, into: &findings)
            return findings.problems.count == before ? parts : []
        }
        let work = work(kind, into: &findings)
        let rollback = RollbackPlanner(planner: self).rollback(of: kind, into: &findings)
        var step = PlanStep(
            id: id,
            phase: phase,
            title: wording(declaration.title, "title", into: &findings),
            work: work ?? .confirm(approval: ""),
            rollback: rollback,
            timeout: declaration.timeout ?? Self.defaultTimeout,
            retry: declaration.retry ?? .once,
            onFailure: declaration.onFailure ?? .pause
        )
        step.why = declaration.why.map { wording($0, "why", into: &findings) }
        step.when = condition(into: &findings)
        step.verify = calls(declaration.verify, retry: .waiting, into: &findings)
        step.watch = calls(declaration.watch, retry: .once, into: &findings)
        markPointOfNoReturn(&step, into: &findings)
        step.window = declaration.window
        step.capture = declaration.capture.mapValues(\.text)
        return work == nil || findings.problems.count > before ? [] : [step]
    }

    /// Marks the step from which coming back is lossy, with what that costs.
    func markPointOfNoReturn(_ step: inout PlanStep, into findings: inout PlanFindings) {
        step.isPointOfNoReturn = declaration.isPointOfNoReturn
        step.returnCost = declaration.returnCost.map { wording($0, "point_of_no_return", into: &findings) }
        guard !declaration.returnCostProbes.isEmpty else { return }
        step.returnCostProbes = calls(declaration.returnCostProbes, retry: .once, into: &findings)
    }

    private func work(_ kind: KindDeclaration?, into findings: inout PlanFindings) -> PlanStep.Work? {
        switch declaration.work {
        case .probe, .action:
            guard let kind, let parameters = parameters(of: kind, into: &findings) else { return nil }
            switch kind.role {
            case .probe:
                return .probe(ProbeCall(kind: kind.name, parameters: parameters, retry: declaration.retry ?? .once))
            case .action:
                let effect = kind.effect(with: parameters)
                return .action(ActionCall(kind: kind.name, parameters: parameters, effect: effect))
            }
        case .confirm(let approval): return .confirm(approval: approval)
        case .manual(let text): return .manual(text: wording(text, "manual", into: &findings))
        case .soak(let source): return soak(source, into: &findings).map { .soak($0) }
        }
    }

    /// Parameters of the step's own kind.
    func parameters(of kind: KindDeclaration, into findings: inout PlanFindings) -> Value? {
        ParameterCheck(kind: kind, place: declaration.workLocation, length: kind.name.count, scope: scope)
            .parameters(from: declaration.parameters, .allowed, into: &findings)
    }

    private func soak(_ source: SourceValue, into findings: inout PlanFindings) -> String? {
        guard let value = scope.fill(source, .allowed, into: &findings) else { return nil }
        if let misfit = Misfit.of(value, type: .duration) {
            findings.add(
                "`soak` must be \(misfit.wanted), not \(misfit.found)",
                at: source,
                or: declaration.workLocation,
                hint: misfit.hint
            )
        }
        return value.interpolated
    }

    /// Probes beside the step, filled in.
    func calls(
        _ calls: [StepDeclaration.ProbeCall],
        retry: RetryPolicy,
        into findings: inout PlanFindings
    ) -> [ProbeCall] {
        calls.compactMap { call in
            guard let kind = context.kind(call.kind, as: .probe, at: call.location, into: &findings) else { return nil }
            let check = ParameterCheck(kind: kind, place: call.location, length: call.kind.count, scope: scope)
            guard let parameters = check.parameters(from: call.parameters, .allowedWithOwn, into: &findings) else {
                return nil
            }
            return ProbeCall(
                kind: kind.name,
                parameters: parameters,
                retry: call.retry ?? retry,
                isAdvisory: call.isAdvisory
            )
        }
    }

    /// jq condition with everything known before the run written into it.
    func condition(into findings: inout PlanFindings) -> String? {
        guard let when = declaration.when else { return nil }
        let source =
            declaration.wording["when"] ?? SourceValue(.scalar(.string(when.text)), at: when.location)
        let advice = "a condition reads the run's facts by jq, as in `.steps.ID.fact`"
        guard let filled = scope.fill(source, .refused(advice), into: &findings) else { return nil }
        let text = ParameterCheck.literal(filled.interpolated)
        findings.add(Expression(text, at: when.location))
        return text
    }

    /// A text for people with everything known before the run written into it.
    func wording(_ text: LocalizedText, _ key: String, into findings: inout PlanFindings) -> LocalizedText {
        guard text.texts.values.contains(where: { Template.mayHoldReference($0) }) else { return text }
        let source = declaration.wording[key]
        let advice = "texts for people are fixed before the run"
        var out: [String: String] = [:]
        for (language, template) in text.texts.sorted(by: { $0.key < $1.key }) {
            let place = source?[language] ?? source ?? SourceValue(.scalar(.string(template)), at: nil)
            var one = place
            one.content = .scalar(.string(template))
            guard let filled = scope.fill(one, .refused(advice), into: &findings) else { continue }
            out[language] = ParameterCheck.literal(of: filled).interpolated
        }
        return LocalizedText(texts: out)
    }
}
