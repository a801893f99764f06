import MigrateCore

/// An environment's file to begin with: what is known, and beside it, as comments, what is still to be given.
public struct EnvironmentDraft: Sendable {
    /// Variables that must have a value and have none yet, in the runbook's order.
    public let missing: [VariableDeclaration]

    private let variables: [VariableDeclaration]
    private let values: [String: SourceValue]
    private let examples: [String: SourceValue]

    /// Drafts the file.
    ///
    /// - Parameters:
    ///   - runbook: runbook whose variables they are.
    ///   - values: values given so far.
    ///   - examples: values to show in the place of those that are missing.
    public init(runbook: Runbook, values: [String: SourceValue], examples: [String: SourceValue]) {
        variables = runbook.variables.filter { $0.isRequired || values[$0.name] != nil }
        missing = runbook.variables.filter { $0.isRequired && values[$0.name] == nil }
        self.values = values
        self.examples = examples
    }

    /// YAML of the file.
    ///
    /// Examples are comments: a value that nobody gave must not pass for one.
    public func text(language: String) -> String {
        let isWhole = missing.isEmpty
        var lines = isWhole ? [] : ["# Still to be given: what is a comment below. `migrate validate` names it too."]
        for variable in variables {
            if !lines.isEmpty { lines.append("") }
            if let about = variable.about { lines.append("# \(about.text(in: language))") }
            if let value = values[variable.name] {
                lines.append("\(variable.name): \(Self.written(value.value, of: variable))")
            } else {
                lines.append("# \(variable.name): \(examples[variable.name]?.value.text ?? "")")
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// `value` in YAML's flow style, which JSON is a part of.
    private static func written(_ value: Value, of variable: VariableDeclaration) -> String {
        // Why: a pattern says that the variable is a text, and an account's number stays one with quotes alone.
        if variable.pattern != nil, case .integer(let number) = value { return Value.string(String(number)).text }
        return value.text
    }
}
