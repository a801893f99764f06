/// How a value fails to be what a parameter may hold.
struct Misfit {
    /// Indices of the lists that lead to the wrong element, outermost first.
    var path: [Int] = []
    /// What was wanted: `a whole number`.
    var wanted: String
    /// What was found: `the text "abc"`.
    var found: String
    /// What to do about it.
    var hint: String?

    /// What is wrong with `value` as a `type`; nil when nothing is.
    ///
    /// A text that still looks names up in the run fits every type, since its value is not known yet.
    static func of(_ value: Value, type: ParameterDeclaration.ValueType) -> Misfit? {
        if case .string(let text) = value, Template.hasReferences(text) { return nil }
        switch type {
        case .any: return nil
        case .string, .expression: return text(value, wanted: type == .string ? "a text" : "a jq expression")
        case .integer: return value.integer == nil ? Misfit(wanted: "a whole number", value) : nil
        case .number: return value.number == nil ? Misfit(wanted: "a number", value) : nil
        case .boolean: return boolean(value)
        case .duration: return duration(value)
        case .percent:
            let isPercent = value.integer.map { (0...100).contains($0) } ?? false
            return isPercent ? nil : Misfit(wanted: "a whole number from 0 to 100", value)
        case .choice(let texts): return choice(value, texts)
        case .mapping: return value.object == nil ? Misfit(wanted: "a mapping", value) : nil
        case .list(let inner): return list(value, inner)
        }
    }

    /// What `value` is, with its article: `a list`.
    static func noun(for value: Value) -> String {
        switch value {
        case .null: "nothing"
        case .bool: "`true` or `false`"
        case .integer, .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "a mapping"
        }
    }

    private init(wanted: String, _ value: Value, hint: String? = nil) {
        self.wanted = wanted
        self.hint = hint
        found =
            switch value {
            case .null: "nothing"
            case .bool(let truth): "`\(truth)`"
            case .integer, .number: "the number `\(value.text)`"
            case .string(let text): text.count <= 60 ? "the text `\(text)`" : "the text `\(text.prefix(60))…`"
            case .array: "a list"
            case .object: "a mapping"
            }
    }

    private static func text(_ value: Value, wanted: String) -> Misfit? {
        switch value {
        case .string: nil
        case .bool, .integer, .number: Misfit(wanted: wanted, value, hint: "put it in quotes")
        case .null, .array, .object: Misfit(wanted: wanted, value)
        }
    }

    private static func boolean(_ value: Value) -> Misfit? {
        guard value.bool == nil else { return nil }
        let words = ["yes": "true", "on": "true", "no": "false", "off": "false"]
        let meant = value.string.flatMap { words[$0.lowercased()] }
        return Misfit(wanted: "`true` or `false`", value, hint: meant.map { "write `\($0)`" })
    }

    private static func duration(_ value: Value) -> Misfit? {
        if let text = value.string, Duration(text: text) != nil { return nil }
        let hint = value.integer.map { "write the unit: `\($0)s`" } ?? "as in `45s`, `5m` or `1h30m`"
        return Misfit(wanted: "a length of time", value, hint: hint)
    }

    private static func choice(_ value: Value, _ texts: [String]) -> Misfit? {
        if let text = value.string, texts.contains(text) { return nil }
        let meant = value.string.flatMap { Spelling.suggestion(for: $0, among: texts) }
        let wanted = texts.map { "`\($0)`" }.joined(separator: " or ")
        return Misfit(wanted: wanted, value, hint: meant.map { "did you mean `\($0)`?" })
    }

    private static func list(_ value: Value, _ inner: ParameterDeclaration.ValueType) -> Misfit? {
        guard let elements = value.array else { return Misfit(wanted: "a list", value) }
        for (index, element) in elements.enumerated() {
            if var misfit = of(element, type: inner) {
                misfit.path.insert(index, at: 0)
                return misfit
            }
        }
        return nil
    }
}
