import MigrateCore

/// Reads the members of mappings into types and gathers what is wrong with them.
///
/// Each function answers nil when the member is missing or wrong; what is wrong is among `problems`.
struct FieldReader {
    /// Mistakes found so far.
    var problems: [Diagnostic] = []

    /// Notes a mistake at a value.
    mutating func add(_ message: String, at value: SourceValue, hint: String? = nil) {
        problems.append(Diagnostic(message, at: value.location, length: value.length, hint: hint))
    }

    /// Notes a mistake at a name.
    mutating func add(_ message: String, atNameOf member: SourceValue.Member, hint: String? = nil) {
        problems.append(Diagnostic(message, at: member.nameLocation, length: member.name.count, hint: hint))
    }

    /// Members of the mapping `value`, those with other names than `allowed` reported and left out.
    mutating func fields(of value: SourceValue, _ noun: String, allowed: [String]) -> Fields? {
        guard case .mapping(let members) = value.content else {
            add("\(noun) must be a mapping, not \(Self.words(for: value))", at: value)
            return nil
        }
        var fields = Fields(place: value)
        for member in members {
            if allowed.contains(member.name) {
                fields.members[member.name] = member
            } else {
                let meant = Spelling.suggestion(for: member.name, among: allowed)
                if let meant { fields.misspelled.insert(meant) }
                let list = allowed.map { "`\($0)`" }.joined(separator: ", ")
                add(
                    "\(noun) has no `\(member.name)`",
                    atNameOf: member,
                    hint: meant.map { "did you mean `\($0)`?" } ?? "it may have \(list)"
                )
            }
        }
        return fields
    }

    /// Elements of a list.
    mutating func elements(_ name: String, in fields: Fields) -> [SourceValue]? {
        guard let member = fields.members[name] else { return nil }
        guard case .list(let elements) = member.value.content else {
            add("`\(name)` must be a list, not \(Self.words(for: member.value))", at: member.value)
            return nil
        }
        return elements
    }

    /// Members of a mapping of any names.
    mutating func mapping(_ name: String, in fields: Fields) -> [SourceValue.Member]? {
        guard let member = fields.members[name] else { return nil }
        guard case .mapping(let members) = member.value.content else {
            add("`\(name)` must be a mapping, not \(Self.words(for: member.value))", at: member.value)
            return nil
        }
        return members
    }

    /// A text.
    mutating func text(_ name: String, in fields: Fields) -> String? {
        fields.members[name].flatMap { text($0.value, "`\(name)`") }
    }

    /// A text that is not empty.
    mutating func text(_ value: SourceValue, _ noun: String) -> String? {
        guard case .scalar(.string(let text)) = value.content else {
            let isScalar = if case .scalar(let scalar) = value.content { !scalar.isNull } else { false }
            add(
                "\(noun) must be a text, not \(Self.words(for: value))",
                at: value,
                hint: isScalar ? "put it in quotes" : nil
            )
            return nil
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            add("\(noun) must not be empty", at: value)
            return nil
        }
        return text
    }

    /// A text, or a mapping of texts by language.
    mutating func localized(_ name: String, in fields: Fields) -> LocalizedText? {
        guard let member = fields.members[name] else { return nil }
        guard case .mapping(let members) = member.value.content else {
            return text(member.value, "`\(name)`").map { LocalizedText($0) }
        }
        var texts: [String: String] = [:]
        for language in members {
            let isCode = language.name.utf8.count == 2 && language.name.utf8.allSatisfy { (0x61...0x7A).contains($0) }
            guard isCode else {
                add(
                    "`\(language.name)` is no language",
                    atNameOf: language,
                    hint: "languages are named by two letters, as in `{en: …, ko: …}`"
                )
                continue
            }
            texts[language.name] = text(language.value, "`\(name)`")
        }
        guard !texts.isEmpty else {
            if members.isEmpty { add("`\(name)` must not be empty", at: member.value) }
            return nil
        }
        return LocalizedText(texts: texts)
    }

    /// A length of time.
    mutating func duration(_ name: String, in fields: Fields) -> Duration? {
        guard let member = fields.members[name] else { return nil }
        if case .scalar(.string(let text)) = member.value.content, let duration = Duration(text: text) {
            return duration
        }
        var hint = "as in `45s`, `5m` or `1h30m`"
        if case .scalar(.integer(let number)) = member.value.content { hint = "write the unit: `\(number)s`" }
        add("`\(name)` must be a length of time, not \(Self.words(for: member.value))", at: member.value, hint: hint)
        return nil
    }

    /// True or false.
    mutating func boolean(_ name: String, in fields: Fields) -> Bool? {
        guard let member = fields.members[name] else { return nil }
        if case .scalar(.bool(let truth)) = member.value.content { return truth }
        var hint: String?
        if case .scalar(.string(let text)) = member.value.content {
            let words = ["yes": "true", "on": "true", "no": "false", "off": "false"]
            hint = words[text.lowercased()].map { "write `\($0)`" }
        }
        add("`\(name)` must be `true` or `false`, not \(Self.words(for: member.value))", at: member.value, hint: hint)
        return nil
    }

    /// A whole number from 1 on.
    mutating func count(_ name: String, in fields: Fields) -> Int? {
        guard let member = fields.members[name] else { return nil }
        if case .scalar(.integer(let number)) = member.value.content, number >= 1, let count = Int(exactly: number) {
            return count
        }
        add("`\(name)` must be a whole number from 1 on, not \(Self.words(for: member.value))", at: member.value)
        return nil
    }

    /// One of some words.
    mutating func choice(_ name: String, of words: [String], in fields: Fields) -> String? {
        guard let member = fields.members[name] else { return nil }
        if case .scalar(.string(let text)) = member.value.content {
            if words.contains(text) { return text }
            let meant = Spelling.suggestion(for: text, among: words)
            add(
                "`\(name)` must be \(Self.list(words)), not `\(text)`",
                at: member.value,
                hint: meant.map { "did you mean `\($0)`?" }
            )
        } else {
            add("`\(name)` must be \(Self.list(words)), not \(Self.words(for: member.value))", at: member.value)
        }
        return nil
    }

    /// A loop: a mapping of the item's name to its list.
    mutating func loop(_ value: SourceValue) -> StepDeclaration.ForEach? {
        guard case .mapping(let members) = value.content, members.count == 1, let loop = members.first else {
            add(
                "`for_each` must name one item and its list",
                at: value,
                hint: "as in `for_each: {component: \"${components}\"}`"
            )
            return nil
        }
        return StepDeclaration.ForEach(name: loop.name, list: loop.value)
    }

    /// Notes each `${…}` in the texts of `value` that cannot be read.
    mutating func checkTemplates(in value: SourceValue) {
        switch value.content {
        case .scalar(.string(let text)):
            do {
                _ = try Template(text)
            } catch {
                problems.append(Diagnostic(error, in: value, or: SourceLocation(file: "", line: 1, column: 1)))
            }
        case .scalar: break
        case .list(let elements): for element in elements { checkTemplates(in: element) }
        case .mapping(let members):
            for member in members {
                if member.name.contains("${") {
                    add("`${…}` is not looked up in a name", atNameOf: member, hint: "only values may hold `${…}`")
                }
                checkTemplates(in: member.value)
            }
        }
    }

    /// What `value` is, in words for messages.
    static func words(for value: SourceValue) -> String {
        switch value.content {
        case .list: "a list"
        case .mapping: "a mapping"
        case .scalar(.null): "nothing"
        case .scalar(.string(let text)): text.count <= 40 ? "`\(text)`" : "`\(text.prefix(40))…`"
        case .scalar(let scalar): "`\(scalar.text)`"
        }
    }

    private static func list(_ words: [String]) -> String {
        words.map { "`\($0)`" }.joined(separator: " or ")
    }
}

/// Members of one mapping, by name.
struct Fields {
    /// The mapping.
    let place: SourceValue
    /// Members with known names.
    var members: [String: SourceValue.Member] = [:]
    /// Known names that unknown ones probably meant: nothing is said of their being missing.
    var misspelled: Set<String> = []

    /// Whether `name` is there, or was meant to be.
    func holds(_ name: String) -> Bool { members[name] != nil || misspelled.contains(name) }
}
