import MigrateCore

/// Kinds of steps, from their own declarations.
public enum KindsReport {
    /// A line a kind, probes first.
    public static func list(of kinds: [KindDeclaration], style: Style = .unbounded) -> String {
        var page = Page(style)
        let width = kinds.map { TextWidth.cells(of: $0.name) }.max() ?? 0
        for (title, role) in [("probes", KindDeclaration.Role.probe), ("actions", .action)] {
            let named = kinds.filter { $0.role == role }.sorted { $0.name < $1.name }
            guard !named.isEmpty else { continue }
            page.blank()
            page.add(title, .strong)
            for kind in named {
                var head = Line("  ")
                head.add(kind.name, to: width)
                page.wrap(kind.summary, behind: head.followed(by: "  "), indent: width + 4)
            }
        }
        return page.text
    }

    /// Page of one kind.
    public static func page(of kind: KindDeclaration, style: Style = .unbounded) -> String {
        var page = Page(style)
        page.wrap(kind.summary, behind: Line("\(kind.name)  ", .strong), indent: 2)
        page.add(kind.role == .probe ? "a probe: it looks and judges" : "an action: it changes the world", .faint)
        addParameters(of: kind, to: &page)
        addNamed("facts", kind.facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, to: &page)
        addNamed("behaviour", behaviour(of: kind), to: &page)
        let permissions = kind.permissions.map { permission in
            (
                permission.mutates ? "change" : "read",
                "\(permission.actions.joined(separator: ", ")) on \(permission.resource)"
                    + (permission.passedTo.map { ", passed to \($0)" } ?? "")
            )
        }
        let beside = kind.permissionsBeside.map { [("beside", $0)] } ?? []
        addNamed("permissions", permissions + beside, to: &page)
        page.blank()
        page.add("example", .strong)
        for line in kind.example.split(separator: "\n", omittingEmptySubsequences: false) { page.add("  \(line)") }
        page.blank()
        page.wrap(kind.source, .faint, behind: Line("source: ", .faint), indent: 8)
        return page.text
    }

    private static func addParameters(of kind: KindDeclaration, to page: inout Page) {
        let rows = kind.parameters.map { parameter in
            let given =
                parameter.isRequired ? "required" : parameter.defaultValue.map { "default \($0.text)" } ?? "optional"
            return (parameter.name, "\(parameter.about) (\(KindWords.word(for: parameter)), \(given))")
        }
        addNamed("parameters", rows, to: &page)
    }

    private static func behaviour(of kind: KindDeclaration) -> [(String, String)] {
        var rows: [(String, String)] = []
        if kind.role == .action {
            rows.append(("outcome unknown", kind.reconciliation ?? KindWords.words(for: kind.effect)))
            rows.append(("undone", KindWords.words(for: kind.rollback)))
            if let undo = kind.undo { rows.append(("record", undo)) }
        }
        let programs = kind.programs.map { $0.map { KindWords.words(for: $0) }.joined(separator: " or ") }
        if !programs.isEmpty { rows.append(("programs", programs.joined(separator: ", "))) }
        if let whole = kind.partOf { rows.append(("part of", "`\(whole)`; no step may name it by itself")) }
        if kind.expand != nil { rows.append(("composite", "it becomes several steps, each with its own way back")) }
        return rows
    }

    private static func addNamed(_ title: String, _ rows: [(String, String)], to page: inout Page) {
        guard !rows.isEmpty else { return }
        page.blank()
        page.add(title, .strong)
        let width = rows.map { TextWidth.cells(of: $0.0) }.max() ?? 0
        for (name, text) in rows {
            var head = Line("  ")
            head.add(name, to: width)
            page.wrap(text, behind: head.followed(by: "  "), indent: width + 4)
        }
    }
}
