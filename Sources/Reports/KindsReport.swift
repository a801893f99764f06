import MigrateCore

/// Kinds of steps, from their own declarations.
public enum KindsReport {
    /// A line a kind, probes first.
    public static func list(of kinds: [KindDeclaration]) -> String {
        let width = kinds.map(\.name.count).max() ?? 0
        let groups: [(String, KindDeclaration.Role)] = [("probes", .probe), ("actions", .action)]
        return groups.map { title, role in
            let lines = kinds.filter { $0.role == role }.sorted { $0.name < $1.name }
                .map { "  \(TextWidth.padded($0.name, to: width))  \($0.summary)" }
            return ([title] + lines).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// Page of one kind.
    public static func page(of kind: KindDeclaration) -> String {
        var lines = ["\(kind.name) (\(kind.role.rawValue)): \(kind.summary)", "", "parameters"]
        let width = kind.parameters.map(\.name.count).max() ?? 0
        for parameter in kind.parameters {
            let given = parameter.isRequired ? "required" : parameter.defaultValue.map { "default \($0.text)" } ?? "optional"
            lines.append("  \(TextWidth.padded(parameter.name, to: width))  \(parameter.about) (\(given))")
        }
        if !kind.facts.isEmpty {
            lines += ["", "facts"] + kind.facts.sorted { $0.key < $1.key }.map { "  \($0.key)  \($0.value)" }
        }
        lines += ["", "effect    \(kind.effect.rawValue)", "rollback  \(kind.rollback.rawValue)"]
        let needs = kind.programs.map { $0.joined(separator: " or ") }
        if !needs.isEmpty { lines.append("needs     \(needs.joined(separator: ", "))") }
        for permission in kind.permissions {
            lines.append("allows    \(permission.actions.joined(separator: ", ")) on \(permission.resource)")
        }
        lines += ["source    \(kind.source)", "", "example"]
        lines += kind.example.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        return lines.joined(separator: "\n")
    }

    /// List of declarations.
    public static func json(of kinds: [KindDeclaration]) -> Value {
        .array(
            kinds.map { kind in
                let parameters: [Value] = kind.parameters.map { parameter in
                    [
                        "name": .string(parameter.name), "required": .bool(parameter.isRequired),
                        "default": parameter.defaultValue ?? .null, "about": .string(parameter.about),
                    ]
                }
                return [
                    "name": .string(kind.name), "role": .string(kind.role.rawValue), "summary": .string(kind.summary),
                    "parameters": .array(parameters), "effect": .string(kind.effect.rawValue),
                    "rollback": .string(kind.rollback.rawValue), "source": .string(kind.source),
                    "example": .string(kind.example), "facts": .object(kind.facts.mapValues { .string($0) }),
                ]
            })
    }
}
