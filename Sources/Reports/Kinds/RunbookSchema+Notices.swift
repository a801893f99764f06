import MigrateCore

extension RunbookSchema {
    /// A notice.
    var notice: Value {
        let carriers = kinds.filter { $0.role == .action && $0.notice != nil }
        let moments: Value = ["enum": .array(RunMoment.Kind.allCases.map { .string($0.rawValue) })]
        let own = Self.mapping(
            [
                "id": Self.described(Self.reference("text"), "Name, unique among the notices"),
                "on": [
                    "anyOf": [moments, ["type": "array", "minItems": 1, "uniqueItems": true, "items": moments]],
                    "description": "Moments that it tells of; left out, all",
                ],
                "do": [
                    "enum": .array(carriers.map { .string($0.name) }),
                    "enumDescriptions": .array(carriers.map { .string($0.summary) }),
                    "description": "What carries it",
                ],
                "with": ["type": ["object", "null"], "description": "Its parameters"],
                "timeout": Self.described(Self.reference("duration"), "Time that sending it may take"),
            ],
            required: ["id", "do"]
        )
        let rules = carriers.map { kind -> Value in
            let rule: Value = ["properties": ["with": Self.reference(Self.noticeKey(of: kind))]]
            let needsParameters = !Self.required(of: kind).isEmpty
            return [
                "if": ["properties": ["do": ["const": .string(kind.name)]], "required": ["do"]],
                "then": needsParameters ? rule.merging(["required": ["with"]]) : rule,
            ]
        }
        return own.merging(["allOf": .array(rules)])
    }

    /// Parameters of a kind that carries a notice: its words may be left to us.
    func noticeParameters(of kind: KindDeclaration) -> Value {
        parameters(of: kind).merging(["required": .array(Self.required(of: kind).map { .string($0) })])
    }

    /// Name of the definition of the parameters of a kind that carries a notice.
    static func noticeKey(of kind: KindDeclaration) -> String { "notice.\(kind.name)" }

    private static func required(of kind: KindDeclaration) -> [String] {
        kind.parameters.filter { $0.isRequired && $0.name != kind.notice?.parameter }.map(\.name)
    }
}
