import MigrateCore

/// Builds an image and names it.
struct ImageBuildAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "image.build",
        role: .action,
        summary: "Build an image with docker, podman or buildah",
        parameters: [
            .required("context", .string, "directory of the build, relative to the runbook"),
            .required("tag", .string, "name of the image: `registry/repository:tag`"),
            .optional(
                "file",
                .string,
                example: "dockerfiles/mimir/Dockerfile",
                "Dockerfile, relative to the runbook; `Dockerfile` in `context` when left out"
            ),
            .optional("args", .mapping, "build arguments; they stand in the image's history, so no secrets"),
            .optional(
                "platform",
                .string,
                example: "linux/amd64",
                "`linux/amd64`, `linux/arm64`; the machine's own when left out"
            ),
            .optional("options", .list(.string), example: ["--no-cache"], "further options of the builder"),
            .optional(
                "builder",
                .choice(["docker", "podman", "buildah"]),
                "program; the first that works when left out"
            ),
            .optional(
                "rebuild",
                .boolean,
                default: true,
                "whether to build when an image of this name is there already"
            ),
            .optional("timeout", .duration, default: "30m", "time allowed"),
        ],
        effect: .convergent,
        rollback: .keep,
        undo: "nothing: an image on this machine changes nothing that serves",
        programs: ContainerTool.programs,
        facts: ["image": "name of the image", "id": "id of the image, `sha256:…`"],
        source: "https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md, read 2026-11-21",
        example: """
            - id: build
              do: image.build
              with: {context: dockerfiles/mimir, tag: "${steps.repository.uri}:${image_tag}", args: {BASE: "${base}"}}
            """
    )

    private let context: String
    private let reference: ImageReference
    private let options: [String]
    private let builder: String?
    private let rebuilds: Bool
    private let timeout: Duration

    init(_ parameters: Parameters) throws {
        context = try parameters.string("context")
        reference = try ImageReference(parameters, "tag")
        builder = try parameters.stringIfGiven("builder")
        rebuilds = try parameters.boolean("rebuild")
        timeout = try parameters.duration("timeout")
        var options = try parameters.textMapping("args").sorted { $0.key < $1.key }
            .flatMap { ["--build-arg", "\($0.key)=\($0.value)"] }
        if let file = try parameters.stringIfGiven("file") { options += ["--file", file] }
        if let platform = try parameters.stringIfGiven("platform") { options += ["--platform", platform] }
        self.options = options + (try parameters.strings("options"))
    }

    func prepared(_ world: World) async throws -> Self {
        guard await world.files.exists(context) else {
            throw Refusal("there is no directory `\(context)`", hint: "check `context`")
        }
        return self
    }

    func observe(_ world: World) async throws -> Value {
        let tool = try await ContainerTool.find(builder, world)
        guard let id = try await tool.imageID(reference.text, world) else { return .null }
        return ["image": .string(reference.text), "id": .string(id)]
    }

    /// The id is known only once it is built.
    func wanted(over before: Value) throws -> Value { ["image": .string(reference.text), "id": .null] }

    func isSatisfied(by image: Value) throws -> Bool { !image.isNull && !rebuilds }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        observed["image"] == expected["image"] && (expected["id"].isNull || observed["id"] == expected["id"])
    }

    func summary(from: Value, to: Value) -> String {
        if to.isNull { return "remove local image \(reference.text)" }
        return to["id"].isNull ? "build \(reference.text)" : "name the former image \(reference.text) again"
    }

    func startsProgram(from: Value, to: Value) -> Bool { true }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let tool = try await ContainerTool.find(builder, world)
        let words: [String]
        if to.isNull {
            words = ["rmi", reference.text]
        } else if let id = to["id"].string {
            words = ["tag", id, reference.text]
        } else {
            words = ["build"] + options + ["-t", reference.text, context]
        }
        let result = try await tool.change(words, timeout: timeout, world)
        guard result.isSuccess else {
            throw KnownOutcome(
                .notApplied(Problem("building `\(reference.text)`: \(result.shortText)"), isTransient: false)
            )
        }
        return .null
    }
}
