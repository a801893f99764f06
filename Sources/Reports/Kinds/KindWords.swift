import MigrateCore

/// Words for what kinds declare of themselves; pages, schema and `migrate kinds` say the same.
enum KindWords {
    /// What is done when the outcome of a call is unknown.
    static func words(for effect: EffectClass) -> String {
        switch effect {
        case .readOnly: "nothing is changed: asked again"
        case .token: "issued again with the same token, which makes a repeat harmless"
        case .convergent: "run again: it ends in the same state however often it runs"
        case .reconcilable: "found out by looking, then adopted or made again"
        case .nonIdempotent: "never repeated by itself: a person says whether it happened"
        }
    }

    /// A program with its oldest version that will do: `terraform` 1.5.0 or newer.
    static func words(for program: NeededProgram, quoting quote: String = "") -> String {
        quote + program.name + quote + (program.least.map { " (\($0.text) or newer)" } ?? "")
    }

    /// How a kind is undone when the runbook says nothing.
    static func words(for rollback: RollbackSupport) -> String {
        switch rollback {
        case .captured: "back to what was found before"
        case .keep: "kept and listed, unless `--include-kept`"
        case .none: "not by itself: the runbook says how, or why not"
        case .notNeeded: "nothing to undo"
        }
    }

    /// Type of a parameter, with its unit.
    static func word(for parameter: ParameterDeclaration) -> String {
        parameter.unit.map { "\(word(for: parameter.type)), \($0)" } ?? word(for: parameter.type)
    }

    /// What a parameter of `type` may hold.
    static func word(for type: ParameterDeclaration.ValueType) -> String {
        switch type {
        case .string: "text"
        case .integer: "whole number"
        case .number: "number"
        case .boolean: "true or false"
        case .duration: "length of time"
        case .percent: "percent"
        case .expression: "jq expression"
        case .choice(let texts): texts.joined(separator: " | ")
        case .list(let element): "list of \(word(for: element))"
        case .mapping: "mapping"
        case .any: "any value"
        }
    }

    /// A value that a parameter may have, where neither an example nor a default says one.
    ///
    /// Nil for types that have no typical value.
    static func sample(of type: ParameterDeclaration.ValueType) -> Value? {
        switch type {
        case .boolean: true
        case .duration: "5m"
        case .percent: 50
        case .choice(let texts): texts.first.map { .string($0) }
        case .string, .integer, .number, .expression, .list, .mapping, .any: nil
        }
    }
}
