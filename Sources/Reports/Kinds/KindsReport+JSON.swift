import MigrateCore

/// Kinds for programs.
extension KindsReport {
    /// List of declarations.
    public static func json(of kinds: [KindDeclaration]) -> Value { .array(kinds.map(json(of:))) }

    private static func json(of kind: KindDeclaration) -> Value {
        [
            "name": .string(kind.name),
            "role": .string(kind.role.rawValue),
            "summary": .string(kind.summary),
            "parameters": .array(
                kind.parameters.map { parameter in
                    [
                        "name": .string(parameter.name), "type": .string(KindWords.word(for: parameter.type)),
                        "required": .bool(parameter.isRequired), "default": parameter.defaultValue ?? .null,
                        "unit": parameter.unit.map { .string($0) } ?? .null, "example": parameter.example ?? .null,
                        "about": .string(parameter.about),
                    ]
                }
            ),
            "facts": .object(kind.facts.mapValues { .string($0) }),
            "effect": .string(kind.effect.rawValue),
            "effect_rests_on": .array(kind.effectRestsOn.map { .string($0) }),
            "rollback": .string(kind.rollback.rawValue),
            "undo": kind.undo.map { .string($0) } ?? .null,
            "reconciliation": .string(kind.reconciliation ?? KindWords.words(for: kind.effect)),
            "composite": .bool(kind.expand != nil),
            "part_of": kind.partOf.map { .string($0) } ?? .null,
            "programs": .array(kind.programs.map { .array($0.map { .string($0.name) }) }),
            "least_versions": .object(leastVersions(of: kind)),
            "permissions": .array(
                kind.permissions.map { permission in
                    [
                        "actions": .array(permission.actions.map { .string($0) }),
                        "resource": .string(permission.resource), "mutates": .bool(permission.mutates),
                        "passed_to": permission.passedTo.map { .string($0) } ?? .null,
                    ]
                }
            ),
            "permissions_beside": kind.permissionsBeside.map { .string($0) } ?? .null,
            "source": .string(kind.source),
            "example": .string(kind.example),
        ]
    }

    private static func leastVersions(of kind: KindDeclaration) -> [String: Value] {
        let named = kind.programs.joined().compactMap { program in program.least.map { (program.name, $0.text) } }
        return Dictionary(named.map { ($0.0, .string($0.1)) }, uniquingKeysWith: { one, _ in one })
    }
}
