import MigrateCore
import Yams

/// Puts what Yams throws into our words, at its place.
struct YAMLFault {
    /// Text that was read.
    let source: YAMLSource

    /// Mistake that `error` stands for.
    func diagnostic(for error: YamlError) -> Diagnostic {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return diagnostic(problem, context: context, at: mark)
        case .reader(let problem, let offset, _, let text):
            let place = offset.map { count in
                source.location(at: text.prefix(count).utf8.count)
            }
            return Diagnostic("not YAML: \(problem)", at: place ?? start, hint: "take it out")
        case .duplicatedKeysInMapping(let names, let context):
            let list = names.map { "`\($0)`" }.joined(separator: ", ")
            return Diagnostic("\(list) given twice in one mapping", at: source.location(of: context.mark))
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return Diagnostic("not YAML: \(error)", at: start)
        }
    }

    private var start: SourceLocation { SourceLocation(file: source.file, line: 1, column: 1) }

    private func diagnostic(_ problem: String, context: YamlError.Context?, at mark: Mark) -> Diagnostic {
        let place = source.location(of: mark)
        let rest = source.restOfLine(from: mark)
        if rest.first == "\t" || source.line(of: mark).prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
            return Diagnostic("a tab cannot indent", at: place, hint: "indent with spaces")
        }
        var message = "not YAML: \(problem)"
        if let context, context.mark.line != mark.line || context.mark.column != mark.column {
            let begin = source.location(of: context.mark)
            message += ", \(context.text) that begins at \(begin.line):\(begin.column)"
        }
        return Diagnostic(message, at: place, hint: hint(problem, rest: rest, line: source.line(of: mark)))
    }

    private func hint(_ problem: String, rest: String, line: String) -> String? {
        if problem == "found undefined alias" { return "an anchor (`&name`) must stand before its alias (`*name`)" }
        if problem.hasPrefix("mapping values are not allowed") { return "a text that holds `: ` needs quotes" }
        if problem.hasPrefix("found character that cannot start any token") {
            return "a text that begins with `\(rest.first.map(String.init) ?? "")` needs quotes"
        }
        if line.contains("${") { return "inside `{…}` and `[…]` a text with `${…}` needs quotes" }
        return nil
    }
}
