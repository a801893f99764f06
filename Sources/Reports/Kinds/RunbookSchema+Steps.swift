import MigrateCore

extension RunbookSchema {
    private static let works = ["probe", "do", "confirm", "manual", "soak"]

    /// A step.
    var step: Value {
        let own = Self.mapping(Self.beside.merging(work) { $1 }, required: ["id"])
        let oneWork: Value = .array(Self.works.map { ["required": [.string($0)]] })
        let rules: [Value] =
            [["oneOf": oneWork]] + parameterRules(.probe, under: "probe") + parameterRules(.action, under: "do")
        return own.merging(["allOf": .array(rules)])
    }

    private var work: [String: Value] {
        [
            "probe": Self.described(names(of: .probe), "Looks and judges"),
            "do": Self.described(names(of: .action), "Changes the world"),
            "confirm": Self.described(Self.reference("text"), "Waits for this approval"),
            "manual": Self.described(Self.reference("words"), "Waits for a person to do this and to say so"),
            "soak": [
                "anyOf": [Self.reference("duration"), Self.reference("late")],
                "description": "Waits this long while the watches are asked",
            ],
            "with": ["type": ["object", "null"], "description": "Parameters of the probe or action"],
        ]
    }

    private static let beside: [String: Value] = [
        "id": described(reference("text"), "Name, unique in the runbook"),
        "title": described(reference("words"), "Title for people"),
        "why": described(reference("words"), "Why it exists"),
        "for_each": [
            "type": "object", "minProperties": 1, "maxProperties": 1,
            "additionalProperties": ["anyOf": [["type": "array"], reference("late")]],
            "description": "Name of an item and the list that it goes over, side by side",
        ],
        "needs": [
            "anyOf": [reference("text"), ["type": "array", "items": reference("text")]],
            "description": "Steps that must be over before; left out, the step before this one",
        ],
        "when": described(reference("condition"), "Condition over captured facts; false skips the step"),
        "verify": [
            "type": "array", "minItems": 1, "items": reference("check"), "description": "Probes that must pass after",
        ],
        "watch": [
            "type": "array", "minItems": 1, "items": reference("check"),
            "description": "Probes asked again and again while the step waits",
        ],
        "rollback": described(reference("rollback"), "How it is undone; left out, as its kind does it"),
        "timeout": described(reference("duration"), "Time allowed for the work"),
        "retry": reference("retry"),
        "on_failure": ["enum": ["pause", "back_out", "continue"], "description": "What a failure leads to"],
        "point_of_no_return": [
            "anyOf": [
                ["type": "boolean"],
                mapping(
                    [
                        "cost": reference("words"),
                        "measure": ["type": "array", "minItems": 1, "items": reference("check")],
                    ],
                    required: ["cost"]
                ),
            ],
            "description": "Whether coming back loses something from here on: what, and probes that measure it",
        ],
        "window": described(reference("text"), "When it may start: `Sat 01:00-05:00 Asia/Seoul`"),
        "run_in": ["const": "local", "description": "Where it runs"],
        "capture": [
            "type": "object", "additionalProperties": reference("condition"),
            "description": "Facts to keep for later steps: name and jq over this step's facts",
        ],
    ]

    /// A probe in `verify` or `watch`.
    var check: Value {
        let own = Self.mapping(
            [
                "probe": Self.described(names(of: .probe), "Looks and judges"),
                "with": ["type": ["object", "null"], "description": "Its parameters"],
                "retry": Self.reference("retry"),
                "advisory": ["type": "boolean", "description": "Whether a failure only warns"],
            ],
            required: ["probe"]
        )
        return own.merging(["allOf": .array(parameterRules(.probe, under: "probe"))])
    }

    /// How a step is undone.
    var rollback: Value {
        let action = Self.mapping(
            ["do": names(of: .action, where: { $0.expand == nil }), "with": ["type": ["object", "null"]]],
            required: ["do"]
        )
        return [
            "oneOf": [
                ["const": "keep", "description": "Left as it is, and listed"],
                ["const": "captured", "description": "Back to what was found before"],
                Self.mapping(
                    ["none": Self.described(Self.reference("text"), "Why there is no way back")],
                    required: ["none"]
                ),
                action.merging(["allOf": .array(parameterRules(.action, under: "do"))]),
            ]
        ]
    }

    /// Names of kinds, each with its meaning.
    private func names(
        of role: KindDeclaration.Role,
        where isMeant: (KindDeclaration) -> Bool = { _ in true }
    ) -> Value {
        // Why `enum` with descriptions beside it: errors then list the names, and editors show the words.
        let named = kinds.filter { $0.role == role && isMeant($0) }
        return [
            "enum": .array(named.map { .string($0.name) }),
            "enumDescriptions": .array(named.map { .string($0.summary) }),
            "markdownEnumDescriptions": .array(named.map { .string("\($0.summary)\n\n```yaml\n\($0.example)\n```") }),
        ]
    }

    /// For each kind: where `member` names it, `with` holds its parameters.
    private func parameterRules(_ role: KindDeclaration.Role, under member: String) -> [Value] {
        kinds.filter { $0.role == role }.map { kind in
            let needsParameters = kind.parameters.contains(where: \.isRequired)
            let rule: Value = ["properties": ["with": Self.reference(Self.key(of: kind))]]
            return [
                "if": [
                    "properties": .object([member: ["const": .string(kind.name)]]), "required": [.string(member)],
                ],
                "then": needsParameters ? rule.merging(["required": ["with"]]) : rule,
            ]
        }
    }

    /// Parameters of a kind.
    func parameters(of kind: KindDeclaration) -> Value {
        let members = kind.parameters.map { parameter in
            var schema = Self.schema(of: parameter.type)
            var words = parameter.about
            if let unit = parameter.unit { words += " (\(unit))" }
            schema = Self.described(schema, words)
            if let value = parameter.defaultValue, !value.isNull { schema = schema.merging(["default": value]) }
            if let example = parameter.example { schema = schema.merging(["examples": [example]]) }
            // Why: a parameter given as `null` is one that is left out.
            if !parameter.isRequired { schema = Self.orNothing(schema) }
            return (parameter.name, schema)
        }
        let required = kind.parameters.filter(\.isRequired).map(\.name)
        let own = Self.mapping(Dictionary(members, uniquingKeysWith: { $1 }), required: required)
        let isOptional = required.isEmpty
        return own.merging([
            "description": .string(kind.summary), "type": isOptional ? ["object", "null"] : "object",
        ])
    }

    private static func orNothing(_ schema: Value) -> Value {
        let outer: Value = ["anyOf": [schema.merging(["description": ""]), ["type": "null"]]]
        var kept: [String: Value] = [:]
        for name in ["description", "default", "examples"] where !schema[name].isNull { kept[name] = schema[name] }
        return outer.merging(.object(kept))
    }

    /// What a parameter of `type` may hold; every type may be looked up late.
    private static func schema(of type: ParameterDeclaration.ValueType) -> Value {
        let late = reference("late")
        switch type {
        case .any: return [:]
        case .string, .expression: return ["type": "string"]
        case .integer: return ["anyOf": [["type": "integer"], late]]
        case .number: return ["anyOf": [["type": "number"], late]]
        case .boolean: return ["anyOf": [["type": "boolean"], late]]
        case .duration: return ["anyOf": [reference("duration"), late]]
        case .percent: return ["anyOf": [["type": "integer", "minimum": 0, "maximum": 100], late]]
        case .choice(let texts): return ["anyOf": [["enum": .array(texts.map { .string($0) })], late]]
        case .mapping: return ["anyOf": [["type": "object"], late]]
        case .list(let element): return ["anyOf": [["type": "array", "items": schema(of: element)], late]]
        }
    }
}
