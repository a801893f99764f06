/// Turns a runbook and the operator's values into a plan, or into every mistake that stands in the way.
///
/// Pure: kinds, values and the jq checker are handed in.
public enum Planner {
    /// Plans `runbook` for the environment `environmentName`.
    ///
    /// - Parameters:
    ///   - runbook: runbook as read.
    ///   - environmentName: name that the plan and its journal carry.
    ///   - values: values given for variables, with their places: from the environment's file and the command line.
    ///   - catalog: kinds of step that there are.
    ///   - expressions: checks jq expressions, asked once for all of them.
    /// - Throws: `Diagnostics` with all mistakes.
    /// - Returns: the plan.
    public static func plan(
        runbook: Runbook,
        environmentName: String,
        values: [String: SourceValue],
        catalog: KindTable,
        expressions: any ExpressionChecker
    ) throws(Diagnostics) -> Plan {
        let outcome = check(
            runbook: runbook,
            environmentName: environmentName,
            values: values,
            catalog: catalog,
            expressions: expressions
        )
        guard outcome.problems.isEmpty else { throw Diagnostics(outcome.problems) }
        return outcome.plan
    }

    /// Plans with a catalog in the form of a dictionary; its keys do not matter.
    ///
    /// Throws: `Diagnostics` with all mistakes.
    public static func plan(
        runbook: Runbook,
        environmentName: String,
        values: [String: SourceValue],
        catalog: [String: KindDeclaration],
        expressions: any ExpressionChecker
    ) throws(Diagnostics) -> Plan {
        try plan(
            runbook: runbook,
            environmentName: environmentName,
            values: values,
            catalog: KindTable(catalog.values),
            expressions: expressions
        )
    }

    /// Values of the runbook's variables as far as they are known; what has none, or a wrong one, is left out.
    ///
    /// For what is worked out before everything is given, as costs are.
    public static func knownVariables(
        of runbook: Runbook,
        values: [String: SourceValue],
        expressions: any ExpressionChecker
    ) -> [String: Value] {
        VariableTable(runbook: runbook, given: values, patterns: expressions).values.filter { !$0.value.isNull }
    }

    /// What is wrong with `values` themselves, whatever is still missing beside them.
    public static func problems(
        in values: [String: SourceValue],
        of runbook: Runbook,
        expressions: any ExpressionChecker
    ) -> [Diagnostic] {
        let files = Set(values.values.compactMap { $0.location?.file })
        return VariableTable(runbook: runbook, given: values, patterns: expressions).problems
            .filter { problem in problem.location.map { files.contains($0.file) } ?? false }
    }

    /// Plans as far as it goes; the plan is of use only when there are no problems.
    ///
    /// `unreadable` are ids of steps that stand in the file but could not be read: nothing is said of names that only
    /// they would make known.
    package static func check(
        runbook: Runbook,
        environmentName: String,
        values: [String: SourceValue],
        catalog: KindTable,
        expressions: any ExpressionChecker,
        unreadable: Set<String> = []
    ) -> (plan: Plan, problems: [Diagnostic]) {
        let variables = VariableTable(runbook: runbook, given: values, patterns: expressions)
        var findings = PlanFindings()
        findings.problems += RunbookCheck.problems(in: runbook)
        findings.problems += variables.problems
        let context = PlanContext(runbook: runbook, kinds: catalog, variables: variables, unreadable: unreadable)
        let secrets = context.secrets(into: &findings)
        let drafts = context.drafts(into: &findings)
        let notices = NoticePlanner(context: context).notices(into: &findings)
        let order = OrderCheck(runbook: runbook, drafts: drafts, unreadable: unreadable)
        findings.problems += order.problems
        findings.problems += GateCheck(drafts: drafts, order: order).problems
        findings.problems += LateNameCheck(context: context, drafts: drafts, order: order).problems(in: findings)
        if !findings.expressions.isEmpty { findings.problems += expressions.check(findings.expressions) }
        var plan = Plan(
            runbook: runbook.id,
            environment: environmentName,
            title: runbook.title,
            phases: runbook.phases.map {
                PlanPhase(
                    id: $0.id,
                    title: $0.title,
                    planned: $0.planned,
                    requirement: $0.requirement,
                    timeout: $0.timeout
                )
            },
            steps: order.steps(of: drafts),
            approvals: runbook.approvals,
            secrets: secrets,
            variables: variables.values
        )
        plan.notices = notices
        return (plan, Diagnostic.inReadingOrder(findings.problems))
    }
}
