import MigrateCore

/// Reads the values that an environment gives to variables.
public enum EnvironmentReader {
    /// Reads a file of `environments/`: a mapping of variables.
    ///
    /// - Parameters:
    ///   - text: content of the file; an empty one gives nothing.
    ///   - file: name of the file, for messages.
    /// - Throws: `Diagnostics` with every mistake, each at its place.
    /// - Returns: values by the name of their variable.
    public static func read(text: String, file: String) throws(Diagnostics) -> [String: SourceValue] {
        let document = YAMLDocument(text: text, file: file)
        var fields = FieldReader(problems: document.problems)
        var values: [String: SourceValue] = [:]
        switch document.value?.content {
        case nil, .scalar(.null): break
        case .mapping(let members):
            for member in members {
                values[member.name] = member.value
                fields.checkTemplates(in: member.value)
            }
        case .scalar, .list:
            if let value = document.value {
                fields.add(
                    "an environment must be a mapping of variables, not \(FieldReader.words(for: value))",
                    at: value
                )
            }
        }
        guard fields.problems.isEmpty else { throw Diagnostics(Diagnostic.inReadingOrder(fields.problems)) }
        return values
    }

    /// Reads one value given on the command line as `name=value`.
    ///
    /// Lists, mappings and texts in quotes are written as in YAML; everything else is one scalar, `: ` and `#`
    /// included.
    /// Throws: `Diagnostics` when there is no `=` or the value is no YAML.
    public static func read(
        setting: String,
        option: String = "--set"
    ) throws(Diagnostics) -> (name: String, value: SourceValue) {
        let place = SourceLocation(file: option, line: 1, column: 1)
        guard let equals = setting.firstIndex(of: "="), equals > setting.startIndex else {
            throw Diagnostics([
                Diagnostic(
                    "`\(setting)` gives no variable a value",
                    at: place,
                    length: setting.count,
                    hint: "as in `\(option) name=value`"
                )
            ])
        }
        let name = String(setting[..<equals])
        let text = String(setting[setting.index(after: equals)...])
        // Why spaces: places are those in the whole argument.
        let padding = String(repeating: " ", count: name.count + 1)
        let valuePlace = SourceLocation(file: option, line: 1, column: name.count + 2)
        guard let first = text.first, "[{\"'".contains(first) else {
            let value = SourceValue(.scalar(YAMLScalar.value(of: text)), at: valuePlace, length: text.count)
            return (name, value)
        }
        let document = YAMLDocument(text: padding + text, file: option)
        guard document.problems.isEmpty else { throw Diagnostics(document.problems) }
        return (name, document.value ?? SourceValue(.scalar(.null), at: valuePlace))
    }
}
