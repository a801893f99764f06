import MigrateCore

/// Reads runbook files, format 1.
public enum RunbookReader {
    /// Reads the runbook in `text`.
    ///
    /// - Parameters:
    ///   - text: content of the file.
    ///   - file: name of the file, for messages.
    /// - Throws: `Diagnostics` with every mistake, each at its place.
    /// - Returns: the runbook as written.
    public static func read(text: String, file: String) throws(Diagnostics) -> Runbook {
        var parser = RunbookParser(text: text, file: file)
        let runbook = parser.runbook()
        var problems = parser.problems
        if let runbook { problems += RunbookCheck.problems(in: runbook) }
        guard let runbook, problems.isEmpty else { throw Diagnostics(Diagnostic.inReadingOrder(problems)) }
        return runbook
    }

    /// Name of the runbook in `text`, whatever else is wrong with it; nil when it has none.
    public static func name(in text: String) -> String? {
        YAMLDocument(text: text, file: "").value?["runbook"]?.value.string
    }

    /// Whether `text` can name a runbook.
    public static func isName(_ text: String) -> Bool { !text.isEmpty && RunbookParser.isName(text) }

    /// Reads the runbook in `text` and plans it, so that mistakes of both kinds come together.
    ///
    /// Throws: `Diagnostics` with every mistake, each at its place.
    public static func plan(
        text: String,
        file: String,
        environmentName: String,
        values: [String: SourceValue],
        catalog: KindTable,
        expressions: any ExpressionChecker
    ) throws(Diagnostics) -> (runbook: Runbook, plan: Plan) {
        var parser = RunbookParser(text: text, file: file)
        guard let runbook = parser.runbook() else { throw Diagnostics(Diagnostic.inReadingOrder(parser.problems)) }
        let outcome = Planner.check(
            runbook: runbook,
            environmentName: environmentName,
            values: values,
            catalog: catalog,
            expressions: expressions,
            unreadable: parser.unreadableSteps
        )
        let problems = parser.problems + outcome.problems
        guard problems.isEmpty else { throw Diagnostics(Diagnostic.inReadingOrder(problems)) }
        return (runbook, outcome.plan)
    }
}
