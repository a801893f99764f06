/// Plans whom a runbook tells of what; looks at kinds and parameters as the planning of a step does.
struct NoticePlanner {
    let context: PlanContext

    /// What is given where the runbook leaves the words to us: ours, and the head of the log, which makes later edits
    /// of it evident.
    private static let words = "${notice.text}\nlog head ${notice.head}"

    /// Notices in the order written; nil when there are none.
    func notices(into findings: inout PlanFindings) -> [PlanNotice]? {
        let declared = context.runbook.notices
        guard !declared.isEmpty else { return nil }
        return declared.compactMap { notice($0, into: &findings) }
    }

    private func notice(_ declared: NoticeDeclaration, into findings: inout PlanFindings) -> PlanNotice? {
        let place = declared.kindLocation
        guard let kind = context.kind(declared.kind, as: .action, at: place, into: &findings) else { return nil }
        guard let form = kind.notice else {
            let able = context.kinds.names(of: .action).filter { context.kinds.kind($0, as: .action)?.notice != nil }
            findings.problems.append(
                Diagnostic(
                    "`\(kind.name)` cannot carry a notice",
                    at: place,
                    length: kind.name.count,
                    hint: able.isEmpty ? nil : "these can: " + able.map { "`\($0)`" }.joined(separator: ", ")
                )
            )
            return nil
        }
        let scope = PlanScope(variables: context.variables, captured: [], step: 0, owner: declared.location)
        let check = ParameterCheck(kind: kind, place: place, length: kind.name.count, scope: scope)
        let source = Self.withWords(declared.parameters, form)
        guard let filled = check.parameters(from: source, .allowedInNotice, into: &findings) else { return nil }
        guard Self.names(["notice", "head"], in: filled) else {
            findings.add(
                "`\(declared.id)` does not carry the head of the log",
                at: source[form.parameter] ?? source,
                or: place,
                hint: "add `${notice.head}` to `\(form.parameter)`, or leave `\(form.parameter)` to us:"
                    + " a head that was told makes later edits of the log evident"
            )
            return nil
        }
        return PlanNotice(
            id: declared.id,
            moments: declared.moments ?? RunMoment.Kind.allCases,
            call: ActionCall(kind: kind.name, parameters: filled, effect: kind.effect(with: filled)),
            timeout: declared.timeout ?? PlanNotice.usualTimeout
        )
    }

    /// `source` with our own words where it has none.
    private static func withWords(_ source: SourceValue, _ form: KindDeclaration.NoticeForm) -> SourceValue {
        guard case .mapping(let members) = source.content, source[form.parameter] == nil else { return source }
        let words: Value
        switch form {
        case .text: words = .string(Self.words)
        case .fields:
            words = .object(
                Dictionary(uniqueKeysWithValues: PlanNotice.members.keys.map { ($0, .string("${notice.\($0)}")) })
            )
        }
        let nowhere = SourceLocation(file: "", line: 0, column: 0)
        let member = SourceValue.Member(name: form.parameter, nameLocation: nowhere, value: SourceValue(words))
        var whole = source
        whole.content = .mapping(members + [member])
        return whole
    }

    /// Whether a text of `value` looks up `path`.
    private static func names(_ path: [String], in value: Value) -> Bool {
        switch value {
        case .string(let text):
            var isNamed = false
            do throws(TemplateSyntaxError) {
                _ = try Template(text).filled(
                    lookup: { found, _ throws(TemplateSyntaxError) in
                        if found == path { isNamed = true }
                        return ""
                    },
                    refuse: { $0 }
                )
            } catch { return false }
            return isNamed
        case .array(let elements): return elements.contains { names(path, in: $0) }
        case .object(let members): return members.values.contains { names(path, in: $0) }
        case .null, .bool, .integer, .number: return false
        }
    }
}

extension KindDeclaration {
    /// How a kind can carry a notice.
    public enum NoticeForm: Sendable, Hashable {
        /// As words, in the parameter of this name.
        case text(String)
        /// As a mapping of all that is known, in the parameter of this name.
        case fields(String)

        /// The parameter.
        public var parameter: String {
            switch self {
            case .text(let name), .fields(let name): name
            }
        }
    }
}
