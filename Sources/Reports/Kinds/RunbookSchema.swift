import MigrateCore

/// JSON Schema (draft 7) of runbook files, for editors: completion, hover and errors while typing.
///
/// It says what a file must look like; what only planning can tell (names of variables, cycles, missing ways back) is
/// `migrate validate`'s.
public struct RunbookSchema {
    let kinds: [KindDeclaration]

    /// Makes the schema of runbooks that use `kinds`; those that only a composite may use are left out.
    public init(_ kinds: [KindDeclaration]) {
        self.kinds = kinds.filter { $0.partOf == nil }.sorted { $0.name < $1.name }
    }

    /// The schema.
    public var value: Value {
        var members: [String: Value] = [
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "Runbook of `migrate`, format 1",
            "definitions": .object(definitions),
        ]
        let root = Self.mapping(
            [
                "migrate": ["const": 1, "description": "Format of the file"],
                "runbook": [
                    "type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$",
                    "description": "Name: small letters, digits and `-`",
                ],
                "title": Self.described(Self.reference("words"), "Title for people, by language or one for all"),
                "variables": [
                    "type": "object", "propertyNames": Self.name, "additionalProperties": Self.reference("variable"),
                    "description": "Values that the runbook takes from its environment",
                ],
                "secrets": [
                    "type": "object", "propertyNames": Self.name, "additionalProperties": Self.reference("secret"),
                    "description": "Where secrets are looked up when a step needs them; they are never kept",
                ],
                "approvals": [
                    "type": "object", "propertyNames": Self.name, "additionalProperties": Self.reference("approval"),
                    "description": "Who must say yes, for steps with `confirm`",
                ],
                "notices": [
                    "type": "array", "items": Self.reference("notice"),
                    "description": "Whom to tell of which moments of a run",
                ],
                "phases": [
                    "type": "array", "minItems": 1, "items": Self.reference("phase"),
                    "description": "Phases, one after the other",
                ],
            ],
            required: ["migrate", "runbook", "phases"]
        )
        members.merge(root.object ?? [:]) { $1 }
        return .object(members)
    }

    private var definitions: [String: Value] {
        var all = Self.plain
        all["step"] = step
        all["check"] = check
        all["rollback"] = rollback
        all["notice"] = notice
        for kind in kinds { all[Self.key(of: kind)] = parameters(of: kind) }
        for kind in kinds where kind.notice != nil { all[Self.noticeKey(of: kind)] = noticeParameters(of: kind) }
        return all
    }

    private static let plain: [String: Value] = [
        "text": ["type": "string", "pattern": "\\S"],
        "late": [
            "type": "string", "pattern": "\\$\\{", "description": "A value looked up when the step runs, `${…}`",
        ],
        "duration": ["type": "string", "pattern": "^([0-9]+(ms|s|m|h|d))+$", "examples": ["45s", "5m", "1h30m"]],
        "words": [
            "oneOf": [
                ["type": "string", "pattern": "\\S"],
                [
                    "type": "object", "propertyNames": ["pattern": "^[a-z]{2}$"], "minProperties": 1,
                    "additionalProperties": ["type": "string", "pattern": "\\S"],
                ],
            ]
        ],
        "condition": ["type": ["string", "boolean"], "description": "jq"],
        "retry": retry,
        "variable": variable,
        "secret": secret,
        "approval": approval,
        "phase": phase,
    ]

    private static let variable: Value = {
        var schema =
            mapping([
                "required": ["type": "boolean", "description": "Whether the environment must give it"],
                "default": ["description": "Value when the environment gives none"],
                "pattern": ["type": "string", "description": "Regular expression that its text must match"],
                "about": described(reference("words"), "Meaning, for people"),
            ]).object ?? [:]
        schema["type"] = ["object", "null"]
        return .object(schema)
    }()

    private static let secret: Value = [
        "oneOf": [
            mapping(["env": described(reference("text"), "Environment variable")], required: ["env"]),
            mapping(
                [
                    "secretsmanager": described(reference("text"), "Name or ARN in Secrets Manager"),
                    "key": described(reference("text"), "Member of its JSON"),
                ],
                required: ["secretsmanager"]
            ),
            mapping(["ssm": described(reference("text"), "Name in the SSM Parameter Store")], required: ["ssm"]),
        ]
    ]

    private static let approval: Value = {
        var schema =
            mapping([
                "min": ["type": "integer", "minimum": 1, "description": "People who must say yes"],
                "not_initiator": ["type": "boolean", "description": "Whether who began the run does not count"],
                "expires": described(reference("duration"), "How long a yes holds"),
                "approvers": ["type": "array", "items": reference("text"), "description": "Who may say yes"],
            ]).object ?? [:]
        schema["type"] = ["object", "null"]
        return .object(schema)
    }()

    private static let phase = mapping(
        [
            "id": described(reference("text"), "Name of the phase"),
            "title": described(reference("words"), "Title for people"),
            "planned": described(reference("duration"), "How long it is planned to take"),
            "requires": described(
                mapping([
                    "rollback": ["const": "ready", "description": "Every way back must be proved to be open"],
                    "verified_within": described(reference("duration"), "How fresh that proof must be"),
                ]),
                "What must hold before its steps start"
            ),
            "steps": ["type": "array", "items": reference("step"), "description": "Steps, one after the other"],
        ],
        required: ["id", "steps"]
    )

    static let retry = described(
        mapping([
            "attempts": ["type": "integer", "minimum": 1, "description": "How often it is tried in all"],
            "for": described(reference("duration"), "How long it is tried"),
            "every": described(reference("duration"), "Pause between two tries, at first"),
            "at_most": described(reference("duration"), "Longest pause between two tries"),
        ]).merging(["oneOf": [["required": ["attempts"]], ["required": ["for"]]]]),
        "How often, or how long, it is tried"
    )

    private static let name: Value = ["pattern": "^[A-Za-z_][A-Za-z0-9_-]*$"]
}

extension RunbookSchema {
    /// A mapping with these members and no others.
    static func mapping(_ members: [String: Value], required: [String] = []) -> Value {
        var schema: [String: Value] = [
            "type": "object", "properties": .object(members), "additionalProperties": false,
        ]
        if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
        return .object(schema)
    }

    /// `schema` with words for a reader.
    static func described(_ schema: Value, _ words: String) -> Value {
        // Why `allOf`: beside a reference draft 7 reads nothing else.
        let own: Value = schema["$ref"].isNull ? schema : ["allOf": [schema]]
        return own.merging(["description": .string(words)])
    }

    /// What stands under `definitions` as `name`.
    static func reference(_ name: String) -> Value { ["$ref": .string("#/definitions/\(name)")] }

    /// Name of the definition of a kind's parameters.
    static func key(of kind: KindDeclaration) -> String { "\(kind.role.rawValue).\(kind.name)" }
}

extension Value {
    /// This object with the members of `other`, which count where both have one.
    func merging(_ other: Value) -> Value {
        .object((object ?? [:]).merging(other.object ?? [:]) { $1 })
    }
}
