/// What all steps of a runbook are planned with.
struct PlanContext {
    /// Runbook as read.
    let runbook: Runbook
    /// Kinds of step that there are.
    let kinds: KindTable
    /// Variables with their values.
    let variables: VariableTable
    /// Ids of steps that could not be read.
    let unreadable: Set<String>
    /// Names kept by `capture`, with the indices of the steps that keep them.
    let captures: [String: [Int]]

    init(runbook: Runbook, kinds: KindTable, variables: VariableTable, unreadable: Set<String>) {
        self.runbook = runbook
        self.kinds = kinds
        self.variables = variables
        self.unreadable = unreadable
        var captures: [String: [Int]] = [:]
        for (index, step) in runbook.phases.flatMap(\.steps).enumerated() {
            for name in step.capture.keys { captures[name, default: []].append(index) }
        }
        self.captures = captures
    }

    /// Drafts of all steps, in the order written.
    func drafts(into findings: inout PlanFindings) -> [StepDraft] {
        var drafts: [StepDraft] = []
        let captured = Set(captures.keys)
        for phase in runbook.phases {
            for step in phase.steps {
                let scope = PlanScope(
                    variables: variables,
                    captured: captured,
                    step: drafts.count,
                    owner: step.location
                )
                var planner = StepPlanner(context: self, declaration: step, phase: phase.id, scope: scope)
                drafts.append(planner.draft(into: &findings))
            }
        }
        return drafts
    }

    /// Secrets with the variables in their sources filled in.
    func secrets(into findings: inout PlanFindings) -> [SecretDeclaration] {
        runbook.secrets.map { secret in
            let written = runbook.secretSources[secret.name]
            let owner = written?.location ?? SourceLocation(file: "", line: 1, column: 1)
            let scope = PlanScope(variables: variables, captured: [], step: 0, owner: owner)
            func filled(_ text: String, _ key: String) -> String {
                let source = written?[key] ?? SourceValue(.string(text))
                let advice = "where a secret comes from must be known before the run"
                guard let value = scope.fill(source, .refused(advice), into: &findings) else { return text }
                return ParameterCheck.literal(of: value).interpolated
            }
            switch secret.source {
            case .environment(let variable):
                return SecretDeclaration(name: secret.name, source: .environment(variable: filled(variable, "env")))
            case .secretsManager(let id, let key):
                let source = SecretDeclaration.Source.secretsManager(
                    id: filled(id, "secretsmanager"),
                    key: key.map { filled($0, "key") }
                )
                return SecretDeclaration(name: secret.name, source: source)
            case .parameter(let name):
                return SecretDeclaration(name: secret.name, source: .parameter(name: filled(name, "ssm")))
            }
        }
    }

    /// Kind `name` as `role`, for a step or for a part of the composite `whole`.
    ///
    /// When there is none, or it may not stand there, the mistake is added to `findings`.
    func kind(
        _ name: String,
        as role: KindDeclaration.Role,
        inside whole: String? = nil,
        at place: SourceLocation,
        into findings: inout PlanFindings
    ) -> KindDeclaration? {
        if let kind = kinds.kind(name, as: role) {
            guard let owner = kind.partOf, owner != whole else { return kind }
            findings.problems.append(
                Diagnostic(
                    "`\(name)` is a part of `\(owner)` and cannot stand by itself",
                    at: place,
                    length: name.count,
                    hint: "`do: \(owner)` uses it, and can bring home what it moves"
                )
            )
            return nil
        }
        let other: KindDeclaration.Role = role == .probe ? .action : .probe
        if kinds.kind(name, as: other) != nil {
            let message =
                role == .probe
                ? "`\(name)` is an action and cannot be a probe" : "`\(name)` is a probe and changes nothing"
            let hint = role == .probe ? "an action stands as `do: \(name)`" : "a probe stands as `probe: \(name)`"
            findings.problems.append(Diagnostic(message, at: place, length: name.count, hint: hint))
            return nil
        }
        let meant =
            Spelling.suggestion(for: name, among: kinds.names(of: role))
            ?? Spelling.suggestion(for: name, among: kinds.names(of: other))
        findings.problems.append(
            Diagnostic(
                "unknown \(role.rawValue) `\(name)`",
                at: place,
                length: name.count,
                hint: meant.map { "did you mean `\($0)`?" } ?? "`migrate kinds` lists them all"
            )
        )
        return nil
    }

    /// Whether an approval has the name `name`; when none has, the mistake is added to `findings`.
    func checkApproval(_ name: String, at place: SourceLocation, into findings: inout PlanFindings) {
        let names = Set(runbook.approvals.map(\.name))
        guard !names.contains(name) else { return }
        findings.problems.append(
            Diagnostic(
                "unknown approval `\(name)`",
                at: place,
                length: name.count,
                hint: VariableTable.hint(for: name, among: names) ?? "declare it under `approvals:`"
            )
        )
    }
}
