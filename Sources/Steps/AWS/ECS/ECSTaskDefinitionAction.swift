import AWSClient
import MigrateCore

/// Registers a revision of a task definition.
struct ECSTaskDefinitionAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "ecs.task_definition",
        role: .action,
        summary: "Registers a task definition from a JSON file, unless the family's newest revision is the same",
        parameters: [
            .required("family", .string, "Family; the file's own `family`, if it has one, must be the same"),
            .required(
                "file",
                .string,
                "Path of the JSON file, in the form that ECS takes; `${name}` in it is filled in"
            ),
            .optional(
                "values",
                .mapping,
                "Values for the names in the file; never a secret, which belongs in `secrets`"
            ),
            .optional(
                "require_digest",
                .boolean,
                default: true,
                "Whether every container's image must be named by digest (`…@sha256:…`), since a tag can move"
            ),
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "the family's newest revision as found; undoing deregisters the revision that the step made",
        reconciliation: "by comparing the newest revision of the family with the document",
        permissions: [
            Permission(["ecs:ListTaskDefinitions", "ecs:DescribeTaskDefinition"], on: "*", mutates: false),
            Permission(["ecs:RegisterTaskDefinition", "ecs:DeregisterTaskDefinition"], on: "*", mutates: true),
            ECSTaskRoles.permission,
        ],
        facts: [
            "arn": "ARN of the revision", "revision": "its number", "family": "its family",
            "images": "images that its containers run, by container",
        ],
        source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-task
              do: ecs.task_definition
              with:
                family: lgtm-mimir
                file: task-definitions/mimir.json
                values: {image: "${steps.mimir-image.reference}", bucket: "${bucket}"}
            """
    )

    private let family: String
    private let file: String
    private let values: [String: Value]
    private let requiresDigest: Bool
    /// Canonical document of the file; nil until `prepared`, and not needed to move between images.
    private var definition: Value?

    init(_ parameters: Parameters) throws {
        family = try parameters.string("family")
        file = try parameters.string("file")
        values = try parameters.mapping("values")
        requiresDigest = try parameters.boolean("require_digest")
    }

    func prepared(_ world: World) async throws -> ECSTaskDefinitionAction {
        let bytes = try await world.files.read(file)
        var kind = self
        kind.definition = try document(bytes)
        return kind
    }

    private func document(_ bytes: [UInt8]) throws -> Value {
        let template: Value
        do {
            template = try Value(parsing: bytes)
        } catch {
            throw Refusal("`\(file)` is not JSON: \(error.message) at byte \(error.offset)")
        }
        let filled: Value
        do {
            filled = try Template.resolve(template, lookup: value)
        } catch let error as TemplateSyntaxError {
            throw Refusal("`\(file)`: \(error.message)")
        }
        guard var members = filled.object else { throw Refusal("`\(file)` must hold a mapping") }
        if let own = members["family"], own != .string(family) {
            throw Refusal("`\(file)` is of family `\(own.interpolated)`, the step of `\(family)`")
        }
        members["family"] = .string(family)
        let document = TaskDefinitionDocument.canonical(.object(members))
        let images = TaskDefinitionDocument.images(of: document)
        guard !images.isEmpty else { throw Refusal("`\(file)` has no `containerDefinitions`") }
        let loose = images.filter { requiresDigest && !$0.value.contains("@sha256:") }
        guard loose.isEmpty else {
            let list = loose.sorted { $0.key < $1.key }.map { "`\($0.value)`" }.joined(separator: ", ")
            throw Refusal(
                "`\(file)` names images by tag: \(list)",
                hint: "name them by digest, as `ecr.image` and `image.push` give it, or set `require_digest: false`"
            )
        }
        return document
    }

    private func value(at path: [String]) throws -> Value {
        var found = Value.object(values)
        for name in path { found = found[name] }
        guard !found.isNull else {
            throw Refusal(
                "`\(file)` uses `${\(path.joined(separator: "."))}`, which `values` does not give",
                hint: values.isEmpty
                    ? nil : "it gives \(values.keys.sorted().map { "`\($0)`" }.joined(separator: ", "))"
            )
        }
        return found
    }

    func observe(_ world: World) async throws -> Value {
        let arns = try await world.call("ecs:ListTaskDefinitions \(family)") {
            try await world.aws.ecs.allTaskDefinitionArns(.init(familyPrefix: family, status: "ACTIVE", sort: "DESC"))
        }
        let revisions = arns.compactMap { arn -> (arn: String, revision: Int)? in
            let parts = arn.split(separator: "/").last?.split(separator: ":") ?? []
            guard parts.count == 2, parts[0] == family, let revision = Int(parts[1]) else { return nil }
            return (arn, revision)
        }
        guard let newest = revisions.max(by: { $0.revision < $1.revision }) else { return .null }
        let found = try await world.call("ecs:DescribeTaskDefinition \(newest.arn)") {
            try await world.aws.ecs.describeTaskDefinition(.init(taskDefinition: newest.arn))
        }
        return [
            "family": .string(family), "arn": .string(newest.arn),
            "definition": TaskDefinitionDocument.canonical(Value(found.taskDefinition.document)),
        ]
    }

    func wanted(over before: Value) throws -> Value {
        guard let definition else { throw Refusal("`\(file)` has not been read") }
        return before["definition"] == definition ? before : ["family": .string(family), "definition": definition]
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        guard !observed.isNull, !expected.isNull else { return observed == expected }
        let isSameRevision = expected["arn"].isNull || observed["arn"] == expected["arn"]
        return isSameRevision && observed["definition"] == expected["definition"]
    }

    func facts(of image: Value) -> [String: Value] {
        let revision = image["arn"].string?.split(separator: ":").last.flatMap { Int64($0) }
        let images = TaskDefinitionDocument.images(of: image["definition"])
        return [
            "arn": image["arn"], "family": .string(family), "revision": revision.map { .integer($0) } ?? .null,
            "images": .object(images.mapValues { .string($0) }),
        ]
    }

    func summary(from: Value, to: Value) -> String {
        if isReturn(from: from, to: to) {
            return "deregister \(from["arn"].string.map { "`\($0)`" } ?? "the revision of `\(family)`")"
        }
        let images = TaskDefinitionDocument.images(of: to["definition"]).values.sorted().joined(separator: ", ")
        return "register task definition `\(family)` running \(images)"
    }

    /// Whether the way leads back to an earlier revision, or to none: a wanted image has no ARN yet.
    private func isReturn(from: Value, to: Value) -> Bool { to.isNull || !to["arn"].isNull }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if isReturn(from: from, to: to) {
            guard let arn = from["arn"].string else { throw Refusal("the image of `\(family)` has no ARN") }
            _ = try await world.call("ecs:DeregisterTaskDefinition \(arn)") {
                try await world.aws.ecs.deregisterTaskDefinition(.init(taskDefinition: arn))
            }
            return .null
        }
        let made = try await world.call("ecs:RegisterTaskDefinition \(family)") {
            try await world.aws.ecs.registerTaskDefinition(.init(json: to["definition"].bytes))
        }
        return ["arn": .string(made.taskDefinition.taskDefinitionArn)]
    }
}
