/// Holds the parameters of one use of a kind against what the kind declares.
struct ParameterCheck {
    /// Kind in use.
    let kind: KindDeclaration
    /// Where the kind stands.
    let place: SourceLocation
    /// How many characters the kind takes there.
    let length: Int
    /// Names and values as they may be filled in before the run.
    let scope: PlanScope

    /// Parameters with everything known filled in and defaults added.
    ///
    /// Nil when something is wrong, which is then among the problems of `findings`.
    func parameters(
        from source: SourceValue,
        _ lateness: PlanScope.Lateness,
        into findings: inout PlanFindings
    ) -> Value? {
        guard case .mapping(let members) = source.content else {
            findings.add("`with` must be a mapping of parameters", at: source, or: place)
            return nil
        }
        var out: [String: Value] = [:]
        let before = findings.problems.count
        var given: Set<String> = []
        for member in members {
            given.insert(member.name)
            guard let parameter = kind.parameters.first(where: { $0.name == member.name }) else {
                addUnknown(member, into: &findings)
                continue
            }
            guard let value = scope.fill(member.value, lateness, into: &findings) else { continue }
            // Why null is as good as nothing: a variable without a value is how a runbook leaves a parameter out.
            if value.isNull, parameter.type != .any {
                given.remove(member.name)
                continue
            }
            check(value, against: parameter, source: member.value, into: &findings)
            out[member.name] = value
        }
        for parameter in kind.parameters where !given.contains(parameter.name) {
            if let value = parameter.defaultValue {
                out[parameter.name] = value
            } else if parameter.isRequired {
                findings.problems.append(
                    Diagnostic(
                        "`\(kind.name)` needs `\(parameter.name)`",
                        at: place,
                        length: length,
                        hint: "add `\(parameter.name): …` under `with`: \(parameter.about)"
                    )
                )
            }
        }
        return findings.problems.count == before ? .object(out) : nil
    }

    private func addUnknown(_ member: SourceValue.Member, into findings: inout PlanFindings) {
        let names = kind.parameters.map(\.name)
        let hint: String
        if let meant = Spelling.suggestion(for: member.name, among: names) {
            hint = "did you mean `\(meant)`?"
        } else if names.isEmpty {
            hint = "it takes no parameters"
        } else {
            hint = "it takes " + names.map { "`\($0)`" }.joined(separator: ", ")
        }
        let isPlaced = member.nameLocation.line > 0
        findings.problems.append(
            Diagnostic(
                "`\(kind.name)` has no parameter `\(member.name)`",
                at: isPlaced ? member.nameLocation : place,
                length: isPlaced ? member.name.count : length,
                hint: hint
            )
        )
    }

    private func check(
        _ value: Value,
        against parameter: ParameterDeclaration,
        source: SourceValue,
        into findings: inout PlanFindings
    ) {
        guard let misfit = Misfit.of(value, type: parameter.type) else {
            gatherExpressions(value, type: parameter.type, source: source, into: &findings)
            return
        }
        var culprit = source
        for index in misfit.path {
            if case .list(let elements) = culprit.content, elements.indices.contains(index) {
                culprit = elements[index]
            }
        }
        let element =
            misfit.path.isEmpty ? "" : "element \(misfit.path.map { String($0 + 1) }.joined(separator: ".")) of "
        findings.add(
            "\(element)`\(parameter.name)` of `\(kind.name)` must be \(misfit.wanted), not \(misfit.found)",
            at: culprit,
            or: place,
            hint: misfit.hint ?? parameter.about
        )
    }

    private func gatherExpressions(
        _ value: Value,
        type: ParameterDeclaration.ValueType,
        source: SourceValue,
        into findings: inout PlanFindings
    ) {
        switch type {
        case .expression:
            guard let template = value.string, !Template.hasReferences(template) else { return }
            let text = Self.literal(template)
            // Why only once when it has no place: a composite hands on expressions that were noted where they stand.
            if source.location == nil, findings.holdsExpression(text) { return }
            findings.add(Expression(text, at: source.location ?? place))
        case .list(let inner):
            for (index, element) in (value.array ?? []).enumerated() {
                var place = source
                if case .list(let elements) = source.content, elements.indices.contains(index) {
                    place = elements[index]
                }
                gatherExpressions(element, type: inner, source: place, into: &findings)
            }
        case .string, .integer, .number, .boolean, .duration, .percent, .choice, .mapping, .any: return
        }
    }

    /// Text of a template that looks nothing up.
    static func literal(_ template: String) -> String { literal(of: .string(template)).interpolated }

    /// Value of a template that looks nothing up.
    static func literal(of template: Value) -> Value {
        do {
            return try Template.resolve(template) { _ in .null }
        } catch {
            return template
        }
    }
}
