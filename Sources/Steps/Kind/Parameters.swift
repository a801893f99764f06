import AWSClient
import MigrateCore

/// Parameters of one step: values filled in, defaults taken, names checked.
struct Parameters: Sendable {
    private let values: [String: Value]
    /// Names that the kind declares.
    let names: Set<String>

    /// Takes `given`, adds the defaults of `declaration`.
    ///
    /// Throws: `ParameterError` for a name that the kind does not have and for a required one that is missing.
    init(_ given: Value, of declaration: KindDeclaration) throws {
        var values: [String: Value]
        switch given {
        case .null: values = [:]
        case .object(let members): values = members
        case .bool, .integer, .number, .string, .array:
            throw ParameterError("with", "must be a mapping, not a \(given.typeName)")
        }
        let known = Set(declaration.parameters.map(\.name))
        for name in values.keys.sorted() where !known.contains(name) {
            throw ParameterError(name, "is not one of `\(declaration.name)`")
        }
        for parameter in declaration.parameters where values[parameter.name, default: .null].isNull {
            values[parameter.name] = parameter.defaultValue
            if parameter.isRequired { throw ParameterError(parameter.name, "is missing") }
        }
        self.values = values
        names = known
    }

    /// Value of `name`; `null` when it was left out and has no default.
    func value(_ name: String) -> Value { values[name] ?? .null }

    /// Whether `name` was given or has a default.
    func has(_ name: String) -> Bool { !value(name).isNull }

    private func wrong(_ name: String, _ wanted: String) -> ParameterError {
        let found = value(name)
        return ParameterError(name, found.isNull ? "is missing" : "must be \(wanted), not \(found.text)")
    }

    /// Text; numbers are taken as written, since an account id without quotes is one.
    func string(_ name: String) throws -> String {
        switch value(name) {
        case .string(let text): return text
        case .integer, .number: return value(name).text
        case .null, .bool, .array, .object: throw wrong(name, "text")
        }
    }

    /// Text, or nil when it was left out.
    func stringIfGiven(_ name: String) throws -> String? { has(name) ? try string(name) : nil }

    /// Text that is one of `choices`.
    func choice(_ name: String, of choices: [String]) throws -> String {
        let text = try string(name)
        guard choices.contains(text) else { throw wrong(name, "one of \(choices.joined(separator: ", "))") }
        return text
    }

    /// Text that must not be shown.
    func secret(_ name: String) throws -> Secret { Secret(try string(name)) }

    /// Text that must not be shown, or nil when it was left out.
    func secretIfGiven(_ name: String) throws -> Secret? { has(name) ? try secret(name) : nil }

    /// Whole number; text that is one is taken too, for values from `--set`.
    func integer(_ name: String) throws -> Int {
        if let number = value(name).integer, let whole = Int(exactly: number) { return whole }
        if let text = value(name).string, let whole = Int(text) { return whole }
        throw wrong(name, "a whole number")
    }

    /// Whole number, or nil when it was left out.
    func integerIfGiven(_ name: String) throws -> Int? { has(name) ? try integer(name) : nil }

    /// Whole number within `range`.
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
        let number = try integer(name)
        guard range.contains(number) else {
            throw wrong(name, "from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Number.
    func number(_ name: String) throws -> Double {
        if let number = value(name).number { return number }
        if let text = value(name).string, let number = Double(text) { return number }
        throw wrong(name, "a number")
    }

    /// Truth; the texts `true` and `false` are taken too, for values from `--set`.
    func boolean(_ name: String) throws -> Bool {
        if let truth = value(name).bool { return truth }
        switch value(name).string {
        case "true": return true
        case "false": return false
        case .some, .none: throw wrong(name, "true or false")
        }
    }

    /// Length of time.
    func duration(_ name: String) throws -> Duration {
        guard let text = value(name).string, let length = Duration(text: text) else {
            throw wrong(name, "a duration such as `5m`")
        }
        return length
    }

    /// Length of time, or nil when it was left out.
    func durationIfGiven(_ name: String) throws -> Duration? { has(name) ? try duration(name) : nil }

    /// Share of a whole.
    func percent(_ name: String) throws -> Percent {
        guard let percent = Percent(try integer(name)) else { throw wrong(name, "from 0 to 100") }
        return percent
    }
}

extension Parameters {
    /// Elements; none when it was left out.
    func list(_ name: String) throws -> [Value] {
        switch value(name) {
        case .null: return []
        case .array(let elements): return elements
        case .bool, .integer, .number, .string, .object: throw wrong(name, "a list")
        }
    }

    /// Texts; none when it was left out.
    func strings(_ name: String) throws -> [String] {
        try list(name).map { element in
            switch element {
            case .string(let text): return text
            case .integer, .number: return element.text
            case .null, .bool, .array, .object: throw wrong(name, "a list of texts")
            }
        }
    }

    /// Members; none when it was left out.
    func mapping(_ name: String) throws -> [String: Value] {
        switch value(name) {
        case .null: return [:]
        case .object(let members): return members
        case .bool, .integer, .number, .string, .array: throw wrong(name, "a mapping")
        }
    }

    /// Members whose values are texts, numbers or truths, as text.
    func textMapping(_ name: String) throws -> [String: String] {
        try mapping(name).mapValues { value in
            switch value {
            case .string, .integer, .number, .bool: return value.interpolated
            case .null, .array, .object: throw wrong(name, "a mapping of texts")
            }
        }
    }
}
