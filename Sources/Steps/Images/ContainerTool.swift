import AWSClient
import MigrateCore

/// The program that builds and pushes images: docker, podman or buildah, whichever is there and works.
struct ContainerTool: Sendable, Equatable {
    /// Programs, in the order of preference.
    enum Program: String, Sendable, CaseIterable {
        case docker, podman, buildah

        /// Oldest version that will do.
        ///
        /// Why these: from 20.10 on `docker build --platform` asks for no experimental engine; from 1.23 on there is a
        /// `buildah build`, which is what podman builds with from 3.4 on. Source: their release notes, read 2026-11-22.
        var least: ReleaseVersion {
            switch self {
            case .docker: ReleaseVersion(20, 10)
            case .podman: ReleaseVersion(3, 4)
            case .buildah: ReleaseVersion(1, 23)
            }
        }
    }

    /// Programs of every kind that handles images.
    static let programs = [Program.allCases.map { NeededProgram($0.rawValue, least: $0.least) }]

    /// The program.
    let program: Program

    /// Finds it: `wanted` when given.
    ///
    /// Docker's client alone does not count: without its engine it can build nothing.
    /// Throws: `Refusal` when there is none that works.
    static func find(_ wanted: String?, _ world: World) async throws -> ContainerTool {
        let candidates = wanted.map { [$0] } ?? Program.allCases.map(\.rawValue)
        var reasons: [String] = []
        for name in candidates {
            guard let program = Program(rawValue: name) else { throw Refusal("`\(name)` is no builder of images") }
            guard await world.files.program(name, in: world.environment["PATH"] ?? "") != nil else {
                reasons.append("\(name) is not installed")
                continue
            }
            let tool = ContainerTool(program: program)
            guard program == .docker else { return tool }
            let answer = try await tool.run(["version", "--format", "{{.Server.Version}}"], world)
            if answer.isSuccess, !answer.text.allSatisfy(\.isWhitespace) { return tool }
            reasons.append("docker's engine does not answer")
        }
        throw Refusal(
            "no program can build images here: \(reasons.joined(separator: ", "))",
            hint: "install docker, podman or buildah"
        )
    }

    /// Runs the program with `words`.
    ///
    /// Throws: `ProcessFailure`.
    func run(
        _ words: [String],
        input: [UInt8]? = nil,
        timeout: Duration = .seconds(600),
        _ world: World
    ) async throws -> ProcessResult {
        try await world.run(
            ProcessCommand(
                program.rawValue,
                words,
                environment: world.programEnvironment(),
                input: input,
                timeout: timeout
            )
        )
    }

    /// Runs the program with `words`, which change something.
    ///
    /// Throws: as `World.runChange`.
    func change(_ words: [String], timeout: Duration, _ world: World) async throws -> ProcessResult {
        let environment = world.programEnvironment()
        return try await world.runChange(
            ProcessCommand(program.rawValue, words, environment: environment, timeout: timeout)
        )
    }

    /// Id of the local image `reference`, `sha256:…`; nil when there is none.
    ///
    /// Throws: `Problem` when the program fails for another reason.
    func imageID(_ reference: String, _ world: World) async throws -> String? {
        let words =
            switch program {
            case .docker, .podman: ["image", "inspect", "--format", "{{.Id}}", reference]
            case .buildah: ["inspect", "--type", "image", "--format", "{{.FromImageID}}", reference]
            }
        let result = try await run(words, world)
        if result.isSuccess {
            let id = String(result.text.filter { !$0.isWhitespace })
            return id.hasPrefix("sha256:") ? id : "sha256:\(id)"
        }
        let said = result.errorText.lowercased()
        let absences = ["no such image", "no such object", "not known", "image not found"]
        if absences.contains(where: { said.contains($0) }) { return nil }
        throw Problem("\(program.rawValue) cannot look at `\(reference)`: \(result.shortText)")
    }
}

/// Name of an image with its parts: `host:port/repository:tag`.
struct ImageReference: Sendable, Equatable {
    /// Whole text.
    let text: String
    /// Registry, with its port.
    let registry: String
    /// Repository.
    let repository: String
    /// Tag.
    let tag: String

    /// Reads a parameter.
    ///
    /// Throws: `ParameterError` when it lacks the registry or the tag, or names a digest.
    init(_ parameters: Parameters, _ name: String) throws {
        let text = try parameters.string(name)
        let error = ParameterError(name, "must be `registry/repository:tag`, not `\(text)`")
        guard let slash = text.firstIndex(of: "/"), !text.contains("@") else { throw error }
        let rest = text[text.index(after: slash)...]
        guard let colon = rest.lastIndex(of: ":") else { throw error }
        self.text = text
        registry = String(text[..<slash])
        repository = String(rest[..<colon])
        tag = String(rest[rest.index(after: colon)...])
        guard registry.contains(".") || registry.contains(":") || registry == "localhost", !repository.isEmpty,
            !tag.isEmpty
        else { throw error }
    }
}
