import MigrateCore

/// Reference pages of kinds, in Markdown, from their own declarations.
public enum KindPage {
    /// Name of the page of kind `name`, below `docs/steps/`.
    public static func file(of name: String) -> String { "\(name).md" }

    /// List of all kinds, with links to their pages.
    public static func index(of kinds: [KindDeclaration]) -> String {
        var lines = [
            "# Kinds of steps",
            "",
            "Made from the declarations of the kinds; `migrate kinds [KIND]` prints the same. A name may stand for a probe,",
            "which looks and judges, and for an action, which changes the world.",
            "",
            "Editors that read JSON Schema complete and check runbooks by `schema/runbook.schema.json`: the first line",
            "`# yaml-language-server: $schema=../../schema/runbook.schema.json` tells VS Code's YAML extension so.",
        ]
        for (title, role) in [("Probes", KindDeclaration.Role.probe), ("Actions", .action)] {
            let named = kinds.filter { $0.role == role }.sorted { $0.name < $1.name }
            lines += ["", "## \(title)", "", "| kind | |", "|---|---|"]
            lines += named.map { "| [`\($0.name)`](\(file(of: $0.name))) | \(cell($0.summary)) |" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Page of the kinds called `name`: the probe, the action, or both.
    public static func page(of name: String, among kinds: [KindDeclaration]) -> String {
        let named = kinds.filter { $0.name == name }.sorted { $0.role == .probe && $1.role == .action }
        var lines = ["# `\(name)`", "", "Made from the kind's declaration; `migrate kinds \(name)` prints the same."]
        for kind in named { lines += section(of: kind) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(of kind: KindDeclaration) -> [String] {
        var lines = ["", "## \(kind.role == .probe ? "Probe" : "Action")", "", kind.summary + ".", ""]
        lines += ["```yaml", kind.example, "```"]
        lines += parameters(of: kind)
        if !kind.facts.isEmpty {
            lines += ["", "### Facts", "", "For `capture` and later steps.", "", "| fact | |", "|---|---|"]
            lines += kind.facts.sorted { $0.key < $1.key }.map { "| `\($0.key)` | \(cell($0.value)) |" }
        }
        lines += ["", "### Behaviour", ""] + behaviour(of: kind)
        if !kind.permissions.isEmpty {
            lines += ["", "### Permissions", "", "| for | actions | on |", "|---|---|---|"]
            lines += kind.permissions.map { permission in
                let actions = permission.actions.map { "`\($0)`" }.joined(separator: " ")
                let on = "`\(cell(permission.resource))`" + (permission.passedTo.map { ", passed to `\($0)`" } ?? "")
                return "| \(permission.mutates ? "changing" : "looking") | \(actions) | \(on) |"
            }
        }
        if let beside = kind.permissionsBeside {
            lines += kind.permissions.isEmpty ? ["", "### Permissions"] : []
            lines += ["", "Beside the policy that `migrate policy` prints: \(beside)."]
        }
        return lines + ["", "### Source", "", kind.source]
    }

    private static func parameters(of kind: KindDeclaration) -> [String] {
        guard !kind.parameters.isEmpty else { return ["", "It takes no parameters."] }
        let head = ["", "### Parameters", "", "| parameter | type | default | example | |", "|---|---|---|---|---|"]
        return head
            + kind.parameters.map { parameter in
                let standard = parameter.isRequired ? "required" : parameter.defaultValue.map(code) ?? ""
                let sample = parameter.example ?? KindWords.sample(of: parameter.type)
                let shown = sample.map(code) ?? (isShown(parameter, in: kind) ? "above" : "")
                let type = cell(KindWords.word(for: parameter))
                return "| `\(parameter.name)` | \(type) | \(standard) | \(shown) | \(cell(parameter.about)) |"
            }
    }

    /// Whether the kind's own example gives `parameter` a value.
    static func isShown(_ parameter: ParameterDeclaration, in kind: KindDeclaration) -> Bool {
        [" ", "{"].contains { kind.example.contains("\($0)\(parameter.name):") }
    }

    /// Whether a reader of the page sees a value of `parameter`.
    public static func hasExample(_ parameter: ParameterDeclaration, of kind: KindDeclaration) -> Bool {
        parameter.example != nil || KindWords.sample(of: parameter.type) != nil || isShown(parameter, in: kind)
            || parameter.defaultValue.map { !$0.isNull } ?? false
    }

    private static func behaviour(of kind: KindDeclaration) -> [String] {
        var lines: [String] = []
        if let whole = kind.partOf {
            lines.append("- A part of `\(whole)`, which can bring home what it moves; no step may name it by itself.")
        }
        if kind.expand != nil {
            lines.append("- Becomes several steps when the runbook is planned, each with its own way back.")
        }
        if kind.demandsPinnedWatch {
            lines.append("- Needs a watch that is pinned to the new side by `connect_to`.")
        }
        if kind.demandsOutsideWatch {
            lines.append("- Needs a watch that does not ask a monitoring system: what is moved may be that system.")
        }
        if kind.readsMonitoring {
            lines.append("- Asks a monitoring system, so that no shift may be watched by it alone.")
        }
        let rests = kind.effectRestsOn.map { "`\($0)`" }.joined(separator: " or ")
        let without = rests.isEmpty ? "" : "; without \(rests) it is `\(EffectClass.nonIdempotent.rawValue)`"
        lines.append("- Effect class `\(kind.effect.rawValue)`\(without).")
        if kind.role == .action {
            lines.append("- Outcome unknown: \(kind.reconciliation ?? KindWords.words(for: kind.effect)).")
            lines.append("- Undone: \(KindWords.words(for: kind.rollback)).")
            if let undo = kind.undo { lines.append("- Rollback record: \(undo).") }
        }
        let programs = kind.programs.map { $0.map { KindWords.words(for: $0, quoting: "`") }.joined(separator: " or ") }
        switch kind.notice {
        case .text(let name)?: lines.append("- Can carry a notice of a run; its words go into `\(name)`.")
        case .fields(let name)?: lines.append("- Can carry a notice of a run; all its fields go into `\(name)`.")
        case nil: break
        }
        if !programs.isEmpty { lines.append("- Programs it runs: \(programs.joined(separator: ", ")).") }
        return lines
    }

    private static func code(_ value: Value) -> String { "`\(cell(value.string ?? value.text))`" }

    /// `text` for the inside of a table.
    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("\n", with: " ") }
}
