import AWSClient
import MigrateCore

/// Pushes a local image to its registry.
struct ImagePushAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "image.push",
        role: .action,
        summary: "Push an image to its registry with docker, podman or buildah",
        parameters: [
            .required("image", .string, "name of the image: `registry/repository:tag`"),
            .optional("login", .choice(["ecr", "basic", "none"]), default: "ecr", "where the credentials come from"),
            .optional("username", .string, example: "deployer", "user, for `login: basic`"),
            .optional(
                "password",
                .string,
                example: "${secrets.registry_password}",
                "password, for `login: basic`; a secret"
            ),
            .optional("plain_http", .boolean, default: false, "whether a registry other than ECR speaks plain HTTP"),
            .optional(
                "builder",
                .choice(["docker", "podman", "buildah"]),
                "program; the first that works when left out"
            ),
            .optional("timeout", .duration, default: "30m", "time allowed"),
        ],
        effect: .convergent,
        rollback: .keep,
        undo: "the digest that the tag stood for; undoing puts it back, or takes the tag off",
        programs: ContainerTool.programs,
        permissions: [
            Permission(["ecr:GetAuthorizationToken"], on: "*", mutates: false),
            Permission(
                [
                    "ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart",
                    "ecr:CompleteLayerUpload", "ecr:PutImage", "ecr:BatchDeleteImage",
                ],
                on: "*",
                mutates: true
            ),
            Permission(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], on: "*", mutates: false),
        ],
        facts: [
            "image": "name of the image", "digest": "digest of the manifest in the registry, `sha256:…`",
            "config": "id of the image, `sha256:…`",
        ],
        source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-push-ecr-image.html, read 2026-11-21",
        example: """
            - id: push
              do: image.push
              with: {image: "${steps.repository.uri}:${image_tag}"}
            """
    )

    private let reference: ImageReference
    private let source: String
    private let basic: Registry.Login?
    private let isPlain: Bool
    private let builder: String?
    private let timeout: Duration
    private var localID = ""

    init(_ parameters: Parameters) throws {
        reference = try ImageReference(parameters, "image")
        source = try parameters.choice("login", of: ["ecr", "basic", "none"])
        basic =
            source == "basic"
            ? Registry.Login(user: try parameters.string("username"), password: try parameters.secret("password")) : nil
        isPlain = try parameters.boolean("plain_http")
        builder = try parameters.stringIfGiven("builder")
        timeout = try parameters.duration("timeout")
    }

    func prepared(_ world: World) async throws -> Self {
        var prepared = self
        guard let id = try await ContainerTool.find(builder, world).imageID(reference.text, world) else {
            throw Refusal("there is no local image `\(reference.text)`", hint: "`image.build` makes it")
        }
        prepared.localID = id
        return prepared
    }

    func observe(_ world: World) async throws -> Value {
        let found = try await registry(world).manifest(reference.repository, reference.tag, world)
        guard let found else { return .null }
        return [
            "image": .string(reference.text), "config": found.configuration.map { .string($0) } ?? .null,
            "digest": .string(found.digest),
        ]
    }

    func wanted(over before: Value) throws -> Value {
        ["image": .string(reference.text), "config": .string(localID), "digest": .null]
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        if observed.isNull || expected.isNull { return observed == expected }
        if !expected["digest"].isNull { return observed["digest"] == expected["digest"] }
        // An engine that keeps images as a registry does takes the manifest's digest for the image's id.
        return observed["config"] == expected["config"] || observed["digest"] == expected["config"]
    }

    func summary(from: Value, to: Value) -> String {
        if to.isNull { return "delete \(reference.text) from its registry" }
        return to["digest"].isNull ? "push \(reference.text)" : "give \(reference.text) its former image back"
    }

    func startsProgram(from: Value, to: Value) -> Bool { !to.isNull && to["digest"].isNull }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let registry = try await registry(world)
        if to.isNull {
            try await delete(from, registry, world)
        } else if let digest = to["digest"].string {
            guard let old = try await registry.manifest(reference.repository, digest, world) else {
                throw Refusal("the former image `\(digest)` is no longer in the registry")
            }
            try await registry.put(old, reference.repository, tag: reference.tag, world)
        } else {
            try await ImagePusher(
                tool: try await ContainerTool.find(builder, world),
                registry: registry,
                timeout: timeout,
                token: token
            )
            .push(reference, world)
        }
        return .null
    }

    private func delete(_ image: Value, _ registry: Registry, _ world: World) async throws {
        guard source == "ecr" else {
            return try await registry.delete(reference.repository, digest: image["digest"].interpolated, world)
        }
        let answer = try await world.call("ecr:BatchDeleteImage \(reference.repository)") {
            try await world.aws.ecr.batchDeleteImage(
                .init(
                    repositoryName: reference.repository,
                    imageIds: [ECR.ImageIdentifier(imageTag: reference.tag)]
                )
            )
        }
        if let failure = answer.failures.first {
            throw KnownOutcome(
                .notApplied(
                    Problem("ECR kept the image: \(failure.failureReason ?? "no reason given")"),
                    isTransient: false
                )
            )
        }
    }

    private func registry(_ world: World) async throws -> Registry {
        if source == "ecr" { return try await Registry.ecr(reference.registry, world) }
        return Registry(host: reference.registry, isPlain: isPlain, login: basic)
    }
}
