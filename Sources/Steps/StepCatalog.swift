import MigrateCore

/// Every kind of step that a runbook may name.
public enum StepCatalog {
    /// Kinds that reach no AWS service, or Route 53; one a line.
    static let general: [any StepKind.Type] = []

    /// All kinds.
    static let all: [any StepKind.Type] = general + aws

    /// What each kind says of itself, by name.
    public static let declarations: [String: KindDeclaration] = Dictionary(
        all.map { ($0.declaration.name, $0.declaration) },
        uniquingKeysWith: { first, _ in first }
    )

    /// Kind `name`.
    static func kind(_ name: String) -> (any StepKind.Type)? { kinds[name] }

    private static let kinds: [String: any StepKind.Type] = Dictionary(
        all.map { ($0.declaration.name, $0) },
        uniquingKeysWith: { first, _ in first }
    )
}
