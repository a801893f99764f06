import MigrateCore

/// Terraform in one root module.
struct TerraformTool: Sendable {
    /// Parameters that `init(_:)` reads.
    static let parameters: [ParameterDeclaration] = [
        .required("directory", .string, "root module, relative to the runbook"),
        .optional("var_files", .list(.string), example: ["prod.tfvars"], "files of variables, relative to `directory`"),
        .optional(
            "variables",
            .mapping,
            example: ["image_tag": "${image_tag}"],
            "variables, secrets allowed; given by the environment"
        ),
        .optional(
            "backend",
            .mapping,
            example: ["bucket": "${state_bucket}"],
            "settings of the backend for `terraform init`; no secrets"
        ),
        .optional("timeout", .duration, default: "60m", "time allowed for one command"),
        .optional(
            "grace",
            .duration,
            default: "5m",
            "time that Terraform gets, once interrupted, to finish what is under way, write its state and unlock it"
        ),
    ]

    /// Programs of every Terraform kind.
    ///
    /// Why 1.5: the first whose plans say what they take into the state as it is, which must not be told as a change.
    /// Source: https://developer.hashicorp.com/terraform/language/import, read 2026-11-22.
    static let programs = [[NeededProgram("terraform", least: ReleaseVersion(1, 5))]]

    /// What Terraform calls AWS for by itself.
    static let permissionsBeside = "what Terraform calls for the resources of `directory` and for its backend"

    /// Page of the commands.
    static let source = "https://developer.hashicorp.com/terraform/cli/commands, read 2026-11-21"

    /// Where the plan to apply is kept, relative to `directory`.
    ///
    /// Why not in `.terraform`: a root without providers and backend has no such folder.
    static let planFile = "migrate.tfplan"

    /// Where the plan of the way back is kept, relative to `directory`.
    static let destroyFile = "migrate-destroy.tfplan"

    /// Root module.
    let directory: String
    /// Files of variables.
    let variableFiles: [String]
    private let variables: [String: String]
    private let backend: [String: String]
    private let timeout: Duration
    private let grace: Duration

    /// Reads the shared parameters.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters) throws {
        directory = try parameters.string("directory")
        variableFiles = try parameters.strings("var_files")
        variables = try parameters.mapping("variables").mapValues(\.interpolated)
        backend = try parameters.textMapping("backend")
        timeout = try parameters.duration("timeout")
        grace = try parameters.duration("grace")
    }

    /// Runs `terraform` with `words`.
    ///
    /// State and plans hold secrets in the clear: what is read as JSON is never recorded.
    /// Throws: `ProcessFailure`.
    func run(_ words: [String], isSensitive: Bool = false, _ world: World) async throws -> ProcessResult {
        try await world.run(command(words, isSensitive: isSensitive, world), isSensitive: isSensitive)
    }

    /// Runs `terraform` with `words`, which change something.
    ///
    /// Throws: as `World.runChange`.
    func change(_ words: [String], _ world: World) async throws -> ProcessResult {
        var command = command(words, isSensitive: false, world)
        // Why: Terraform's names may hold a hyphen, which a shell hands on in none. A saved plan holds the values.
        command.environment = command.environment.filter { !$0.key.contains("-") }
        command.environment["TF_LOG"] = "INFO"
        command.logVariable = "TF_LOG_PATH"
        do {
            let result = try await world.runChange(command)
            if case .signaled = result.termination { try await wasEnded(world) }
            return result
        } catch let failure as ProcessFailure {
            if case .timedOut = failure { try await wasEnded(world) }
            throw failure
        } catch let loss as ProgramLoss {
            if case .gone = loss { try await wasEnded(world) }
            throw loss
        }
    }

    /// Sets right what a Terraform that was ended in the middle left, as far as its own log proves it.
    ///
    /// Its lock is put on record and then released: by its id, which nobody else's lock can have.
    /// Throws: `KnownOutcome` when it may have begun to change resources, which its state then does not show.
    private func wasEnded(_ world: World) async throws {
        guard let program = world.program?.onRecord else { return }
        let file = "\(program.folder)/\(ProcessCommand.logName)"
        let text = await world.files.exists(file) ? try await world.files.read(file) : []
        let log = TerraformLog(String(decoding: text, as: UTF8.self))
        if let lock = log.heldLock {
            var known = program
            known.lock = lock
            do {
                if known != program { try await world.program?.record(known) }
                // What comes of it is in the evidence; a lock that is not there is as good as released.
                _ = try await run(["force-unlock", "-force", lock], world)
            } catch is ProgramNotRecorded {
                // A lock that is not on record is left to a person.
            }
        }
        let name = "`terraform apply` in `\(directory)` was ended in the middle"
        if log.provesThatNothingBegan {
            throw KnownOutcome(.notApplied(Problem("\(name), before it changed anything"), isTransient: true))
        }
        throw KnownOutcome(
            .unclear(
                Problem(
                    "\(name), and its state may not show all that it did; it had begun "
                        + (log.begun.isEmpty ? "what its log does not tell" : log.begun.joined(separator: ", ")),
                    hint: "look at these; import or remove by hand what the state lacks, then `migrate resolve`"
                )
            )
        )
    }

    private func command(_ words: [String], isSensitive: Bool, _ world: World) -> ProcessCommand {
        var environment = ["TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1"]
        for (name, value) in variables { environment["TF_VAR_\(name)"] = value }
        var command = ProcessCommand(
            "terraform",
            ["-chdir=\(directory)"] + words,
            environment: world.programEnvironment(adding: environment),
            timeout: timeout
        )
        command.grace = grace
        if isSensitive { command.outputLimit = 64 << 20 }
        return command
    }

    /// Makes the directory ready.
    ///
    /// Throws: `Problem` with Terraform's last line; `ProcessFailure`.
    func initialize(_ world: World) async throws {
        let settings = backend.sorted { $0.key < $1.key }.map { "-backend-config=\($0.key)=\($0.value)" }
        let result = try await run(["init", "-input=false", "-no-color"] + settings, world)
        guard result.isSuccess else { throw Self.problem("terraform init", result) }
    }

    /// Plans into `file` and reads the plan.
    ///
    /// Throws: `Problem` with Terraform's last line; `ProcessFailure`.
    func plan(into file: String, options: [String] = [], _ world: World) async throws -> TerraformPlan {
        let files = variableFiles.map { "-var-file=\($0)" }
        // Why without the lock: a plan that dies with us would leave it behind, and an apply refuses a stale plan
        // anyway.
        let words = ["plan", "-input=false", "-no-color", "-lock=false", "-out=\(file)"] + files + options
        let result = try await run(words, world)
        guard result.isSuccess else { throw Self.problem("terraform plan", result) }
        return try await show(file, world)
    }

    /// What Terraform would change now, in its own words; nil when nothing.
    ///
    /// Throws: `Problem` with Terraform's last line; `ProcessFailure`.
    func changesLeft(_ world: World) async throws -> String? {
        let files = variableFiles.map { "-var-file=\($0)" }
        let words = ["plan", "-input=false", "-no-color", "-lock=false", "-detailed-exitcode"]
        let result = try await run(words + files, world)
        switch result.termination {
        case .exited(0): return nil
        case .exited(2):
            return result.text.split(whereSeparator: \.isNewline).last { $0.contains("Plan:") }.map(String.init)
                ?? "there are changes"
        case .exited, .signaled: throw Self.problem("terraform plan", result)
        }
    }

    /// Reads the plan in `file`.
    ///
    /// Throws: `Problem`; `ProcessFailure`.
    func show(_ file: String, _ world: World) async throws -> TerraformPlan {
        let result = try await run(["show", "-json", "-no-color", file], isSensitive: true, world)
        guard result.isSuccess else { throw Self.problem("terraform show", result) }
        return TerraformPlan(try Self.json(result, "terraform show"))
    }

    /// State: serial number and addresses of the managed resources; nil when there is none.
    ///
    /// Throws: `Problem`; `ProcessFailure`.
    func state(_ world: World) async throws -> (serial: Int64, resources: Set<String>)? {
        let result = try await run(["state", "pull"], isSensitive: true, world)
        guard result.isSuccess else { throw Self.problem("terraform state pull", result) }
        guard !result.text.allSatisfy(\.isWhitespace) else { return nil }
        let state = try Self.json(result, "terraform state pull")
        let resources = (state["resources"].array ?? []).filter { $0["mode"].string == "managed" }
        return (state["serial"].integer ?? 0, Set(resources.flatMap(Self.addresses)))
    }

    /// Addresses of the instances of one resource of a state.
    private static func addresses(of resource: Value) -> [String] {
        let module = resource["module"].string.map { $0 + "." } ?? ""
        let base = "\(module)\(resource["type"].interpolated).\(resource["name"].interpolated)"
        return (resource["instances"].array ?? []).map { instance in
            let key = instance["index_key"]
            return key.isNull ? base : "\(base)[\(key.text)]"
        }
    }

    private static func json(_ result: ProcessResult, _ what: String) throws -> Value {
        do { return try Value(parsing: result.output) } catch { throw Problem("\(what) did not print JSON") }
    }

    /// What Terraform said last, as a problem.
    static func problem(_ what: String, _ result: ProcessResult) -> Problem {
        // The line that begins with `Error:` says more than the last one, which is a frame.
        let lines = result.errorText.split(whereSeparator: \.isNewline)
        let said = lines.first { $0.contains("Error:") }.map { $0.drop { !$0.isLetter } } ?? ""
        return Problem("\(what): \(said.isEmpty ? result.shortText : String(said))")
    }
}
