import MigrateCore

/// A program with its arguments, as steps give it.
struct ProgramCall: Sendable {
    /// Program and arguments.
    var words: [String]
    /// Variables beside those that every program gets.
    var environment: [String: String]
    /// Directory to run in.
    var directory: String?
    /// Time allowed.
    var timeout: Duration
    /// Time between asking it to stop and ending it.
    var grace: Duration

    /// Parameters that `init(_:)` reads.
    static let parameters: [ParameterDeclaration] = [
        .required("command", .list(.string), "program and arguments, without a shell in between; never a secret"),
        .optional(
            "env",
            .mapping,
            example: ["REGION": "${region}"],
            "environment variables, secrets allowed; beside PATH, HOME, LANG, proxy and AWS_*"
        ),
        .optional("directory", .string, example: "scripts", "directory to run in"),
        .optional("timeout", .duration, default: "10m", "time allowed"),
        .optional("grace", .duration, default: "5s", "time it gets to stop in when that is over, before it is ended"),
    ]

    /// What a program calls AWS for by itself.
    static let permissionsBeside = "what the program calls, if it calls AWS"

    /// Facts that a run gives.
    static let facts = [
        "exit_status": "exit status; null when a signal ended it", "output": "what it wrote to standard output",
        "error_output": "what it wrote to standard error", "json": "standard output, when it is JSON",
    ]

    /// Reads the shared parameters.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters) throws {
        words = try parameters.strings("command")
        guard let program = words.first, !program.isEmpty else { throw ParameterError("command", "names no program") }
        environment = try parameters.textMapping("env")
        directory = try parameters.stringIfGiven("directory")
        timeout = try parameters.duration("timeout")
        grace = try parameters.duration("grace")
    }

    /// The command to run.
    func command(in world: World) -> ProcessCommand {
        command(words, in: world)
    }

    /// The command to run with other words, such as those of `undo`.
    func command(_ words: [String], in world: World) -> ProcessCommand {
        var command = ProcessCommand(
            words[0],
            Array(words.dropFirst()),
            environment: world.programEnvironment(adding: environment),
            directory: directory,
            timeout: timeout
        )
        command.grace = grace
        return command
    }
}

extension World {
    /// Environment for a program: what any program needs, AWS's variables, and `extra`.
    ///
    /// Why a list: whatever else is in ours may be a secret.
    func programEnvironment(adding extra: [String: String] = [:]) -> [String: String] {
        let needed: Set = [
            "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "USER", "XDG_RUNTIME_DIR", "DOCKER_HOST", "SSL_CERT_FILE",
            "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "REGISTRY_AUTH_FILE",
            "STORAGE_DRIVER", "BUILDAH_ISOLATION", "CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF",
            "CONTAINERS_REGISTRIES_CONF",
        ]
        return environment.filter { needed.contains($0.key) || $0.key.hasPrefix("AWS_") || $0.key.hasPrefix("TF_") }
            .merging(extra) { $1 }
    }
}

extension ProcessResult {
    /// The result as expressions see it.
    var facts: [String: Value] {
        var facts: [String: Value] = [
            "output": .string(text), "error_output": .string(errorText), "json": .null, "exit_status": .null,
        ]
        if case .exited(let status) = termination { facts["exit_status"] = .integer(Int64(status)) }
        do { facts["json"] = try Value(parsing: output) } catch { facts["json"] = .null }
        return facts
    }

    /// How it ended and the last thing it said.
    var shortText: String {
        let said = errorText.lastLine.isEmpty ? text.lastLine : errorText.lastLine
        return said.isEmpty || isSuccess ? termination.text : "\(termination.text): \(said)"
    }
}
