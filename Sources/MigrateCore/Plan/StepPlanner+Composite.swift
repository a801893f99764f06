extension StepPlanner {
    /// Parts of a composite step as steps of the plan.
    ///
    /// What the step says beside its work goes to the parts it makes sense for: `watch` to soaks and to parts that move
    /// traffic, `verify` to the last part that is not advisory, `capture` to the last such that finds anything, `when`,
    /// `window` and `timeout` to all.
    func composite(_ id: StepID, _ kind: KindDeclaration, into findings: inout PlanFindings) -> [PlanStep] {
        guard let parameters = parameters(of: kind, into: &findings), let expand = kind.expand else { return [] }
        let parts: [KindDeclaration.Part]
        do {
            parts = try expand(parameters)
        } catch let diagnostics as Diagnostics {
            for var problem in diagnostics.all {
                if problem.location == nil {
                    problem.location = declaration.workLocation
                    problem.length = kind.name.count
                }
                findings.problems.append(problem)
            }
            return []
        } catch {
            refuse("`\(kind.name)` cannot be expanded: \(error)", kind, into: &findings)
            return []
        }
        if let missing = missingWatch(for: kind) { findings.problems.append(missing) }
        // Why not an advisory part: what fails there is passed over.
        guard let last = parts.lastIndex(where: { !$0.isAdvisory }) else {
            refuse("`\(kind.name)` expands to nothing", kind, into: &findings)
            return []
        }
        let lastWork = parts.lastIndex { if case .soak = $0.work { false } else { !$0.isAdvisory } }
        let frame = CompositeFrame(planner: self, id: id, kind: kind, parts: parts, into: &findings)
        var steps: [PlanStep] = []
        var earlier: Set<String> = []
        for (index, part) in parts.enumerated() {
            if earlier.contains(part.name) {
                refuse("`\(kind.name)` expands to two parts named `\(part.name)`", kind, into: &findings)
            }
            if var step = frame.step(for: part, earlier: earlier, into: &findings) {
                if index == last { step.verify = calls(declaration.verify, retry: .waiting, into: &findings) }
                if index == lastWork { step.capture = declaration.capture.mapValues(\.text) }
                steps.append(step)
            }
            earlier.insert(part.name)
        }
        if declaration.isPointOfNoReturn, let final = steps.lastIndex(where: { $0.isAction }) {
            markPointOfNoReturn(&steps[final], into: &findings)
        }
        return steps
    }

    /// Why the watches of a step of `kind` do not do; nil when they do.
    private func missingWatch(for kind: KindDeclaration) -> Diagnostic? {
        func mistake(_ message: String, hint: String) -> Diagnostic {
            Diagnostic(message, at: declaration.workLocation, length: kind.name.count, hint: hint)
        }
        if kind.demandsPinnedWatch, !declaration.watch.contains(where: \.isPinned) {
            return mistake(
                "`\(kind.name)` needs a watch that is pinned to the new side",
                hint:
                    "give a `watch` that is not advisory its `connect_to`: the name itself leads to the old side first"
            )
        }
        // Why an unknown kind will do: it is refused for itself.
        let hasOutside = declaration.watch.contains { watch in
            !watch.isAdvisory && !(context.kinds.kind(watch.kind, as: .probe)?.readsMonitoring ?? false)
        }
        guard kind.demandsOutsideWatch, !hasOutside else { return nil }
        return mistake(
            "`\(kind.name)` needs a watch that does not ask a monitoring system",
            hint: "what is moved may be that system, or what it stands on; add an `http` watch or alarms of "
                + "CloudWatch, not advisory"
        )
    }

    private func refuse(_ message: String, _ kind: KindDeclaration, into findings: inout PlanFindings) {
        findings.problems.append(Diagnostic(message, at: declaration.workLocation, length: kind.name.count))
    }
}

extension StepDeclaration.ProbeCall {
    /// Whether it counts, and asks one side wherever the name leads.
    fileprivate var isPinned: Bool { !isAdvisory && !parameters.value["connect_to"].isNull }
}

extension PlanStep {
    fileprivate var isAction: Bool {
        if case .action = work { true } else { false }
    }
}

/// What the parts of one composite step have in common.
struct CompositeFrame {
    private let planner: StepPlanner
    private let id: StepID
    private let kind: KindDeclaration
    private let title: LocalizedText
    private let why: LocalizedText?
    private let condition: String?
    private let watch: [ProbeCall]
    private let reaction: FailureReaction

    init(
        planner: StepPlanner,
        id: StepID,
        kind: KindDeclaration,
        parts: [KindDeclaration.Part],
        into findings: inout PlanFindings
    ) {
        self.planner = planner
        self.id = id
        self.kind = kind
        let declaration = planner.declaration
        title = planner.wording(declaration.title, "title", into: &findings)
        why = declaration.why.map { planner.wording($0, "why", into: &findings) }
        condition = planner.condition(into: &findings)
        watch = planner.calls(declaration.watch, retry: .once, into: &findings)
        // Why: once traffic is on the move, the safe answer to any failure is to bring it home.
        reaction = declaration.onFailure ?? (parts.contains { $0.traffic != nil } ? .backOut : .pause)
    }

    /// Step for `part`; nil when something is wrong with it.
    func step(
        for part: KindDeclaration.Part,
        earlier: Set<String>,
        into findings: inout PlanFindings
    ) -> PlanStep? {
        guard let (work, partKind) = work(of: part, earlier: earlier, into: &findings) else { return nil }
        let declaration = planner.declaration
        let rollback =
            partKind.map { RollbackPlanner(planner: planner).rollback(ofPart: $0, in: kind, into: &findings) }
            ?? .notNeeded
        var step = PlanStep(
            id: id.part(part.name),
            phase: planner.phase,
            title: Self.joined(title, part.title),
            work: work,
            rollback: rollback,
            // Why the longer one: a part that says how long it takes would be given up in the middle otherwise.
            timeout: [declaration.timeout, part.timeout].compactMap(\.self).max() ?? .seconds(600),
            retry: retry(of: part),
            onFailure: part.isAdvisory ? .continue : reaction
        )
        step.why = why
        step.when = condition
        step.window = declaration.window
        step.composite = id
        step.traffic = part.traffic
        switch part.work {
        case .soak: step.watch = watch
        case .probe, .action: step.watch = step.isInShift ? watch : []
        }
        return step
    }

    private func work(
        of part: KindDeclaration.Part,
        earlier: Set<String>,
        into findings: inout PlanFindings
    ) -> (PlanStep.Work, KindDeclaration?)? {
        let place = planner.declaration.workLocation
        let name: String
        let role: KindDeclaration.Role
        switch part.work {
        case .soak(let text):
            let source = SourceValue(.string(text))
            guard let value = planner.scope.fill(source, .allowedInPart(earlier: earlier), into: &findings) else {
                return nil
            }
            if let misfit = Misfit.of(value, type: .duration) {
                findings.add("a soak must be \(misfit.wanted), not \(misfit.found)", at: source, or: place)
            }
            return (.soak(value.interpolated), nil)
        case .probe(let kind): (name, role) = (kind, .probe)
        case .action(let kind): (name, role) = (kind, .action)
        }
        guard let partKind = planner.context.kind(name, as: role, inside: kind.name, at: place, into: &findings) else {
            return nil
        }
        guard partKind.expand == nil else {
            findings.problems.append(
                Diagnostic(
                    "`\(kind.name)` expands to `\(name)`, which expands itself",
                    at: place,
                    length: kind.name.count
                )
            )
            return nil
        }
        let check = ParameterCheck(kind: partKind, place: place, length: kind.name.count, scope: planner.scope)
        let source = SourceValue(part.parameters)
        guard let parameters = check.parameters(from: source, .allowedInPart(earlier: earlier), into: &findings) else {
            return nil
        }
        switch role {
        case .probe: return (.probe(ProbeCall(kind: name, parameters: parameters, retry: part.retry)), partKind)
        case .action:
            let effect = partKind.effect(with: parameters)
            return (.action(ActionCall(kind: name, parameters: parameters, effect: effect)), partKind)
        }
    }

    /// What the runbook says of tries is meant for changes; a part that waits knows best how long.
    private func retry(of part: KindDeclaration.Part) -> RetryPolicy {
        switch part.work {
        case .action: planner.declaration.retry ?? part.retry
        case .probe, .soak: part.retry
        }
    }

    private static func joined(_ whole: LocalizedText, _ part: LocalizedText) -> LocalizedText {
        let languages = Set(whole.texts.keys).union(part.texts.keys)
        return LocalizedText(
            texts: Dictionary(
                uniqueKeysWithValues: languages.map { ($0, "\(whole.text(in: $0)): \(part.text(in: $0))") }
            )
        )
    }
}
