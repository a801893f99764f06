import MigrateCore

/// A question for the value of a variable.
public enum QuestionReport {
    /// The question: name, what it is, and an example.
    public static func text(of variable: VariableDeclaration, example: Value?, style: Style) -> String {
        var line = Line(variable.name, .strong)
        if let about = variable.about { line.add("  \(about.text(in: style.language))") }
        var lines = [line]
        if let example { lines.append(Line("  as in \(example.text)", .faint)) }
        return lines.map { $0.rendered(style) }.joined(separator: "\n")
    }

    /// What is wrong with an answer.
    public static func text(of problems: [Diagnostic], style: Style) -> String {
        problems.map { problem in
            var line = Line("✗ \(problem.message)", .bad)
            if let hint = problem.hint { line.add("; \(hint)") }
            return line.rendered(style)
        }.joined(separator: "\n")
    }
}
