/// Names that a step's texts may use before the run, and what to do with the others.
struct PlanScope {
    /// Variables of the runbook.
    let variables: VariableTable
    /// Loop variable and its item, inside a `for_each`.
    var loop: (name: String, item: Value)?
    /// Names that earlier steps keep with `capture`, anywhere in the runbook.
    let captured: Set<String>
    /// Index of the step among all steps as written.
    let step: Int
    /// Place that stands for values that come from no file.
    let owner: SourceLocation

    /// Which names may stay for the run.
    enum Lateness {
        /// None: the text is used when planning.
        case refused(String)
        /// Those of earlier steps.
        case allowed
        /// Those of earlier steps and of the step itself.
        case allowedWithOwn
        /// Those of earlier steps and of earlier parts of the same composite.
        case allowedInPart(earlier: Set<String>)
        /// Secrets, and what is known of the moment that a notice tells of.
        case allowedInNotice
    }

    /// `source` with all names filled in that are known; a template still.
    ///
    /// Nil when something is wrong, which is then among the problems of `findings`.
    func fill(_ source: SourceValue, _ lateness: Lateness, into findings: inout PlanFindings) -> Value? {
        switch source.content {
        case .scalar(.string(let text)):
            guard Template.mayHoldReference(text) else { return .string(text) }
            return fill(text, in: source, lateness, into: &findings)
        case .scalar(let value): return value
        case .list(let elements):
            var out: [Value] = []
            for element in elements {
                if let value = fill(element, lateness, into: &findings) { out.append(value) }
            }
            return out.count == elements.count ? .array(out) : nil
        case .mapping(let members):
            var out: [String: Value] = [:]
            var isWhole = true
            for member in members {
                if let value = fill(member.value, lateness, into: &findings) {
                    out[member.name] = value
                } else {
                    isWhole = false
                }
            }
            return isWhole ? .object(out) : nil
        }
    }

    private func fill(
        _ text: String,
        in source: SourceValue,
        _ lateness: Lateness,
        into findings: inout PlanFindings
    ) -> Value? {
        var isWhole = true
        do throws(TemplateSyntaxError) {
            let value = try Template(text).filled(
                lookup: { path, occurrence throws(TemplateSyntaxError) in
                    // Why not thrown on: one text may hold several mistakes, and all are to be shown.
                    do throws(TemplateSyntaxError) {
                        switch try known(path, occurrence: occurrence, lateness) {
                        case .value(let value): return value
                        case .unusable: isWhole = false
                        case .unknown:
                            let places = source.references
                            let place =
                                places.indices.contains(occurrence) ? places[occurrence] : source.location ?? owner
                            try stay(path, occurrence: occurrence, at: place, lateness, into: &findings)
                            return nil
                        }
                    } catch {
                        findings.problems.append(Diagnostic(error, in: source, or: owner))
                        isWhole = false
                    }
                    return ""
                },
                refuse: { $0 }
            )
            return isWhole ? value : nil
        } catch {
            findings.problems.append(Diagnostic(error, in: source, or: owner))
            return nil
        }
    }

    /// What is known of a name before the run.
    private enum Knowledge {
        case value(Value)
        /// Something is wrong with the variable, which has been reported.
        case unusable
        case unknown
    }

    private func known(
        _ path: [String],
        occurrence: Int,
        _ lateness: Lateness
    ) throws(TemplateSyntaxError) -> Knowledge {
        let name = path[0]
        // Why before variables: elsewhere a runbook may use the name as it likes.
        if case .allowedInNotice = lateness, name == "notice" { return .unknown }
        if let loop, loop.name == name {
            return .value(try VariableTable.member(of: loop.item, path: path, occurrence: occurrence))
        }
        guard variables.names.contains(name) else { return .unknown }
        guard let value = variables.values[name] else { return .unusable }
        return .value(try VariableTable.member(of: value, path: path, occurrence: occurrence))
    }

    private func stay(
        _ path: [String],
        occurrence: Int,
        at place: SourceLocation,
        _ lateness: Lateness,
        into findings: inout PlanFindings
    ) throws(TemplateSyntaxError) {
        let name = path[0]
        if case .allowedInNotice = lateness {
            return try stayInNotice(path, occurrence: occurrence, at: place, into: &findings)
        }
        guard VariableTable.reservedNames.contains(name) || captured.contains(name) else {
            var all = variables.names.union(captured)
            if let loop { all.insert(loop.name) }
            throw fault(path, occurrence, "unknown name `\(name)`", hint: VariableTable.hint(for: name, among: all))
        }
        var late = LateName(path: path, location: place, step: step, mayNameItself: false)
        switch lateness {
        case .refused(let advice):
            throw fault(path, occurrence, "`\(Template.text(of: path))` is known only during the run", hint: advice)
        case .allowed, .allowedInNotice: break
        case .allowedWithOwn: late.mayNameItself = true
        case .allowedInPart(let earlier):
            guard name != "part" || path.count >= 3 && earlier.contains(path[1]) else {
                throw fault(path, occurrence, "`\(Template.text(of: path))` names no fact of an earlier part")
            }
            // Why not noted: the other names came in with the parameters of the composite, where they were.
            return
        }
        guard name != "part" else {
            throw fault(
                path,
                occurrence,
                "`\(Template.text(of: path))` has a meaning only inside a composite kind",
                hint: "facts of an earlier step are `${steps.ID.fact}`"
            )
        }
        findings.add(late)
    }

    /// What may stay of a notice: a secret, or a member of the moment.
    private func stayInNotice(
        _ path: [String],
        occurrence: Int,
        at place: SourceLocation,
        into findings: inout PlanFindings
    ) throws(TemplateSyntaxError) {
        let members = Set(PlanNotice.members.keys)
        switch path[0] {
        case "secrets":
            findings.add(LateName(path: path, location: place, step: step, mayNameItself: false))
        case "notice":
            guard path.count == 2, members.contains(path[1]) else {
                let hint = VariableTable.hint(for: path.dropFirst().joined(separator: "."), among: members)
                throw fault(path, occurrence, "a notice knows no `\(Template.text(of: path))`", hint: hint)
            }
        case let name:
            guard VariableTable.reservedNames.contains(name) || captured.contains(name) else {
                let all = variables.names.union(["notice", "secrets"])
                throw fault(path, occurrence, "unknown name `\(name)`", hint: VariableTable.hint(for: name, among: all))
            }
            throw fault(
                path,
                occurrence,
                "`\(Template.text(of: path))` is not known when a notice is sent",
                hint: "a notice may use variables, secrets and `${notice.…}`"
            )
        }
    }

    private func fault(
        _ path: [String],
        _ occurrence: Int,
        _ message: String,
        hint: String? = nil
    ) -> TemplateSyntaxError {
        TemplateSyntaxError(
            occurrence: occurrence,
            length: Template.text(of: path).count,
            message: message,
            hint: hint
        )
    }
}
