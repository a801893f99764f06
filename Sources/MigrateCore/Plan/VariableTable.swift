/// Variables with their values, worked out before anything else.
struct VariableTable {
    /// Values by name, those left out that something is wrong with.
    private(set) var values: [String: Value] = [:]
    /// Names of all declared variables.
    let names: Set<String>
    /// Mistakes found.
    private(set) var problems: [Diagnostic] = []

    /// Names that `${…}` gives another meaning.
    static let reservedNames: Set<String> = ["steps", "part", "secrets"]

    private let declarations: [String: VariableDeclaration]
    private let given: [String: SourceValue]
    /// Variables being worked out, outermost first: meeting one of them again is a cycle.
    private var underway: [String] = []
    private var finished: Set<String> = []

    init(runbook: Runbook, given: [String: SourceValue], patterns: any ExpressionChecker) {
        declarations = Dictionary(runbook.variables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        names = Set(declarations.keys)
        self.given = given
        for (name, value) in given.sorted(by: { $0.key < $1.key }) where declarations[name] == nil {
            problems.append(
                Diagnostic(
                    "`\(name)` is no variable of this runbook",
                    at: value.location,
                    length: value.length,
                    hint: Self.hint(for: name, among: names)
                )
            )
        }
        for declaration in runbook.variables {
            if Self.reservedNames.contains(declaration.name) {
                problems.append(
                    Diagnostic(
                        "`\(declaration.name)` cannot name a variable",
                        at: declaration.location,
                        length: declaration.name.count,
                        hint: "`${\(declaration.name).…}` has a meaning of its own"
                    )
                )
            }
            _ = workOut(declaration.name)
            check(declaration, patterns: patterns)
        }
    }

    /// Advice for an unknown name: what was probably meant, else what there is.
    static func hint(for name: String, among known: Set<String>) -> String? {
        if let meant = Spelling.suggestion(for: name, among: known) { return "did you mean `\(meant)`?" }
        guard !known.isEmpty, known.count <= 12 else { return nil }
        return "there " + (known.count == 1 ? "is " : "are ") + known.sorted().map { "`\($0)`" }.joined(separator: ", ")
    }

    /// Value of variable `name`; nil when something is wrong with it, which is then among the problems.
    private mutating func workOut(_ name: String) -> Value? {
        guard !finished.contains(name), let declaration = declarations[name] else { return values[name] }
        guard let source = given[name] ?? declaration.defaultValue else {
            finished.insert(name)
            guard declaration.isRequired else {
                values[name] = .null
                return .null
            }
            problems.append(
                Diagnostic(
                    "variable `\(name)` has no value",
                    at: declaration.location,
                    length: name.count,
                    hint: "give it in the environment's file or as `--set \(name)=…`"
                        + (declaration.about.map { ": \($0.text(in: "en"))" } ?? "")
                )
            )
            return nil
        }
        underway.append(name)
        var value = fill(source, owner: declaration.location)
        // Why: a pattern says that the variable is a text, and an account number without quotes is a number to YAML.
        if declaration.pattern != nil, case .integer(let number) = value { value = .string(String(number)) }
        underway.removeLast()
        finished.insert(name)
        values[name] = value
        return value
    }

    private mutating func fill(_ source: SourceValue, owner: SourceLocation) -> Value? {
        switch source.content {
        case .scalar(.string(let text)): return fill(text, source: source, owner: owner)
        case .scalar(let value): return value
        case .list(let elements):
            let values = elements.map { fill($0, owner: owner) }
            let known = values.compactMap { $0 }
            return known.count == values.count ? .array(known) : nil
        case .mapping(let members):
            var out: [String: Value] = [:]
            for member in members { out[member.name] = fill(member.value, owner: owner) }
            return out.count == Set(members.map(\.name)).count ? .object(out) : nil
        }
    }

    private mutating func fill(_ text: String, source: SourceValue, owner: SourceLocation) -> Value? {
        var isWhole = true
        do throws(TemplateSyntaxError) {
            let filled = try Template(text).filled(
                lookup: { path, occurrence throws(TemplateSyntaxError) in
                    // Why not thrown on: one text may hold several mistakes, and all are to be shown.
                    do throws(TemplateSyntaxError) {
                        if let value = try lookUp(path, occurrence: occurrence) { return value }
                    } catch {
                        problems.append(Diagnostic(error, in: source, or: owner))
                    }
                    isWhole = false
                    return ""
                },
                refuse: { $0 }
            )
            return isWhole ? ParameterCheck.literal(of: filled) : nil
        } catch {
            problems.append(Diagnostic(error, in: source, or: owner))
            return nil
        }
    }

    /// Value of another variable; nil when something is wrong with it, which has been reported.
    private mutating func lookUp(_ path: [String], occurrence: Int) throws(TemplateSyntaxError) -> Value? {
        let name = path[0]
        guard declarations[name] != nil else {
            if Self.reservedNames.contains(name) {
                throw TemplateSyntaxError(
                    occurrence: occurrence,
                    length: Template.text(of: path).count,
                    message: "`\(Template.text(of: path))` is not known when variables are read",
                    hint: "use it in the step itself"
                )
            }
            throw TemplateSyntaxError(
                occurrence: occurrence,
                length: Template.text(of: path).count,
                message: "unknown name `\(name)`",
                hint: Self.hint(for: name, among: names)
            )
        }
        guard !underway.contains(name) else {
            let cycle = (underway.drop { $0 != name } + [name]).map { "`\($0)`" }.joined(separator: " → ")
            throw TemplateSyntaxError(
                occurrence: occurrence,
                length: Template.text(of: path).count,
                message: "variables need each other: \(cycle)"
            )
        }
        guard let value = workOut(name) else { return nil }
        return try Self.member(of: value, path: path, occurrence: occurrence)
    }

    /// Value at `path`, whose first name stands for `value`.
    ///
    /// Throws: `TemplateSyntaxError` when there is no such member.
    static func member(of value: Value, path: [String], occurrence: Int) throws(TemplateSyntaxError) -> Value {
        var value = value
        for (depth, name) in path.enumerated().dropFirst() {
            let owner = path[..<depth].joined(separator: ".")
            if let members = value.object {
                guard let member = members[name] else {
                    throw TemplateSyntaxError(
                        occurrence: occurrence,
                        length: Template.text(of: path).count,
                        message: "`\(owner)` has no member `\(name)`",
                        hint: hint(for: name, among: Set(members.keys))
                    )
                }
                value = member
            } else if let elements = value.array {
                guard let index = Int(name), elements.indices.contains(index) else {
                    throw TemplateSyntaxError(
                        occurrence: occurrence,
                        length: Template.text(of: path).count,
                        message: "`\(owner)` has no element `\(name)`",
                        hint: elements.isEmpty ? "the list is empty" : "elements are 0 to \(elements.count - 1)"
                    )
                }
                value = elements[index]
            } else {
                throw TemplateSyntaxError(
                    occurrence: occurrence,
                    length: Template.text(of: path).count,
                    message: "`\(owner)` is \(Misfit.noun(for: value)) and has no members"
                )
            }
        }
        return value
    }

    private mutating func check(_ declaration: VariableDeclaration, patterns: any ExpressionChecker) {
        guard let value = values[declaration.name] else { return }
        let source = given[declaration.name] ?? declaration.defaultValue
        let place = source?.location ?? declaration.location
        let length = source?.location == nil ? declaration.name.count : source?.length ?? 1
        if let wanted = declaration.defaultValue?.value, !wanted.isNull, !value.isNull,
            wanted.typeName != value.typeName, !Self.isTemplate(wanted)
        {
            problems.append(
                Diagnostic(
                    "variable `\(declaration.name)` must be \(Misfit.noun(for: wanted)), as its default is, not "
                        + Misfit.noun(for: value),
                    at: place,
                    length: length
                )
            )
        }
        guard let pattern = declaration.pattern, !value.isNull else { return }
        switch value {
        case .array, .object:
            problems.append(
                Diagnostic(
                    "variable `\(declaration.name)` has a pattern and must be a text, not \(Misfit.noun(for: value))",
                    at: place,
                    length: length
                )
            )
        case .null, .bool, .integer, .number, .string:
            switch patterns.matches(value.interpolated, pattern: pattern) {
            case true: break
            case nil:
                problems.append(
                    Diagnostic(
                        "the pattern of variable `\(declaration.name)` is no regular expression: `\(pattern)`",
                        at: declaration.location,
                        length: declaration.name.count
                    )
                )
            case false:
                problems.append(
                    Diagnostic(
                        "variable `\(declaration.name)` is `\(value.interpolated)`, which does not match `\(pattern)`",
                        at: place,
                        length: length,
                        hint: declaration.about?.text(in: "en")
                    )
                )
            }
        }
    }

    private static func isTemplate(_ value: Value) -> Bool {
        value.string.map { Template.hasReferences($0) } ?? false
    }
}
