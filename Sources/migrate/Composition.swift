import AWSClient
import Digest
import Foundation
import Glibc
import Journal
import MigrateCore
import Network
import Reports
import RunbookYAML
import Runner
import Steps

/// Builds what is live; nothing else does.
struct Composition: Sendable {
    let options: GlobalOptions
    let environment: [String: String]
    let clock = SystemClock()
    let files = LocalFiles()

    init(options: GlobalOptions) {
        self.options = options
        environment = ProcessInfo.processInfo.environment
    }

    /// Runbook and environment that the command is about.
    func target() throws -> Target {
        let folder = try RunbookFolder.find(options.runbook, environment: environment)
        return Target(folder: folder, environment: try folder.environment(options.env, environment: environment))
    }

    struct Target: Sendable {
        let folder: RunbookFolder
        let environment: String
    }

    /// Runbook of `target`, read and planned.
    ///
    /// Throws: `Diagnostics` with every mistake; `CommandFault` for a file that cannot be read.
    func plan(_ target: Target) throws -> (plan: Plan, source: String) {
        let source = try text(of: target.folder.file)
        let (values, mistakes) = try values(target)
        var problems = mistakes
        do {
            let planned = try RunbookReader.plan(
                text: source,
                file: target.folder.file,
                environmentName: target.environment,
                values: values,
                catalog: KindTable(StepCatalog.declarations),
                expressions: JqExpressionChecker()
            )
            problems += unknownZones(in: planned.runbook)
            guard problems.isEmpty else { throw Diagnostics(problems) }
            return (planned.plan, source)
        } catch let error as Diagnostics {
            throw problems.isEmpty || error.all == problems ? error : Diagnostics(problems + error.all)
        }
    }

    /// The runbook in `file`, as it is written.
    ///
    /// Throws: `Diagnostics` with every mistake; `CommandFault` for a file that cannot be read.
    func runbook(in file: String) throws -> Runbook {
        try RunbookReader.read(text: try text(of: file), file: file)
    }

    /// Values of the variables of `target` as far as they are known.
    ///
    /// Throws: `Diagnostics` with every mistake; `CommandFault` for a file that cannot be read.
    func knownVariables(_ target: Target) throws -> [String: Value] {
        let runbook = try runbook(in: target.folder.file)
        let (values, problems) = try values(target)
        guard problems.isEmpty else { throw Diagnostics(problems) }
        return Planner.knownVariables(of: runbook, values: values, expressions: JqExpressionChecker())
    }

    /// What the environment's file, `--values` and `--set` give, and what is wrong there.
    private func values(_ target: Target) throws -> (values: [String: SourceValue], problems: [Diagnostic]) {
        try values(in: [target.folder.file(of: target.environment)] + options.values)
    }

    /// What `files` and `--set` give, the later over the earlier, and what is wrong there.
    ///
    /// Throws: `CommandFault` for a file that cannot be read.
    func values(in files: [String]) throws -> (values: [String: SourceValue], problems: [Diagnostic]) {
        var values: [String: SourceValue] = [:]
        var problems: [Diagnostic] = []
        for file in files {
            let content = try text(of: file)
            do {
                values.merge(try EnvironmentReader.read(text: content, file: file)) { $1 }
            } catch { problems += error.all }
        }
        for setting in options.settings {
            do {
                let given = try EnvironmentReader.read(setting: setting)
                values[given.name] = given.value
            } catch { problems += error.all }
        }
        return (values, problems)
    }

    /// Change windows in zones that this machine does not know.
    private func unknownZones(in runbook: Runbook) -> [Diagnostic] {
        runbook.phases.flatMap(\.steps).compactMap { step in
            guard let text = step.window, let zone = ChangeWindow(text: text)?.zone,
                clock.offset(of: zone, at: clock.now()) == nil
            else { return nil }
            return Diagnostic(
                "there is no time zone `\(zone)`",
                at: step.windowLocation,
                length: text.count,
                hint: "zones are named as in the IANA database: `Asia/Seoul`, `Europe/Berlin`, `UTC`"
            )
        }
    }

    /// SHA-256 of the plan's canonical text, in hexadecimal.
    func digest(of plan: Plan) throws -> String { Self.digest(try ValueEncoder.encode(plan)) }

    /// SHA-256 of a value's canonical text, in hexadecimal.
    static func digest(_ value: Value) -> String { Hex.encode(SHA256.digest(value.bytes)) }

    /// Text of a file that the operator named.
    func text(of path: String) throws -> String {
        do {
            guard let bytes = try files.read(path) else {
                throw CommandFault.unreadableFile(path, reason: "No such file or directory")
            }
            return String(decoding: bytes, as: UTF8.self)
        } catch let error as FileFailure {
            throw CommandFault.unreadableFile(error.path, reason: error.reason)
        }
    }

    /// Where the journal of `runbook` in `environment` lies.
    func journalPath(runbook: String, environment: String) -> String {
        "\(options.state)/\(runbook).\(environment).sqlite"
    }

    /// Journal of `runbook` in `environment`.
    func journal(runbook: String, environment: String, mode: JournalMode) throws -> SQLiteJournal {
        if case .readWrite(create: true) = mode {
            do {
                try FileManager.default.createDirectory(atPath: options.state, withIntermediateDirectories: true)
            } catch {
                throw CommandFault.folderNotMade(options.state, reason: LocalFiles.reason(error))
            }
        }
        return try SQLiteJournal.open(
            path: journalPath(runbook: runbook, environment: environment),
            wanted: JournalIdentity(runbook: runbook, environment: environment),
            mode: mode
        )
    }

    /// Claim of this process on the lease.
    func claim(for operation: String) -> LeaseClaim {
        let id = ProcessInfo.processInfo.processIdentifier
        return LeaseClaim(
            user: ProcessIdentity.user,
            host: ProcessIdentity.host,
            process: id,
            processStart: ProcessIdentity.start(of: id) ?? "",
            operation: operation,
            at: clock.now(),
            isDead: { ProcessIdentity.isCertainlyGone($0) }
        )
    }

    /// What every wait is divided by: `MIGRATE_TIME_SCALE`, honoured only while every endpoint is loopback.
    func timeScale(for plan: Plan) throws -> Int {
        guard let text = environment["MIGRATE_TIME_SCALE"], !text.isEmpty else { return 1 }
        guard let scale = Int(text), scale >= 1 else { throw CommandFault.badTimeScale(text) }
        if scale > 1 { try LoopbackCheck(environment: environment, plan: plan).require() }
        return scale
    }

    /// Executor of steps, with everything it reaches the world by.
    ///
    /// Throws: `AWSError` when `plan` needs AWS and it is not set up here.
    func executor(for plan: Plan) throws -> LiveStepExecutor {
        let world = try world(for: plan)
        if plan.needsAWS { _ = try world.aws }
        return LiveStepExecutor(world: world)
    }

    /// Executor for a session with `goal`; one that only takes in requests makes no calls.
    func executor(for plan: Plan, goal: RunGoal) throws -> LiveStepExecutor {
        goal == .answer ? LiveStepExecutor(world: try world(for: plan)) : try executor(for: plan)
    }

    /// Tools of the steps.
    func world(for plan: Plan?) throws -> World {
        let http = try CurlHTTPClient(limits: .fitting(openFiles: OpenFileLimit.raise()))
        let processes = SubprocessRunner()
        let scale = try plan.map { try timeScale(for: $0) } ?? 1
        var world = World(
            aws: try AWSClient.connect(
                region: options.region,
                profile: options.profile,
                surroundings: surroundings(http, processes, timeScale: scale)
            ),
            http: PatientHTTPClient(
                http,
                sleep: { try await Task.sleep(for: $0 / scale) },
                random: { Double.random(in: 0..<1) }
            ),
            dns: try CAresDNSClient(),
            tcp: SocketTCPProbe(sharing: http),
            processes: processes,
            supervisor: GatedPrograms(clock: clock),
            files: files,
            expressions: JqEvaluator(expecting: plan?.expressions ?? []),
            environment: environment,
            runbookDirectory: Self.absolute(runbookFolder),
            stateDirectory: Self.absolute(options.state),
            now: { [clock] in clock.now() },
            digest: Self.digest,
            random: { UInt64.random(in: .min ... .max) }
        )
        world.timeScale = scale
        if let plan {
            world.programsDirectory = programsDirectory(runbook: plan.runbook, environment: plan.environment)
            world.breakGlassDirectory = Self.absolute(breakGlassDirectory(of: plan))
        }
        return world
    }

    /// Directory below which programs of `runbook` in `environment` write; next to its journal.
    func programsDirectory(runbook: String, environment: String) -> String {
        "\(Self.absolute(options.state))/programs/\(runbook).\(environment)"
    }

    /// Directory of the scripts that bring the traffic of `plan` home without us.
    ///
    /// Why apart: two runbooks, or two environments, may have a step of the same name.
    func breakGlassDirectory(of plan: Plan) -> String {
        "\(options.state)/break-glass/\(plan.runbook).\(plan.environment)"
    }

    /// Folder that relative paths of steps start at; ours when the runbook is gone, as a return must work without it.
    private var runbookFolder: String {
        do { return try RunbookFolder.find(options.runbook, environment: environment).folder } catch { return "." }
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    private func surroundings(
        _ http: CurlHTTPClient,
        _ processes: SubprocessRunner,
        timeScale: Int
    ) -> AWSSurroundings {
        AWSSurroundings(
            http: http,
            environment: environment,
            // As the SDKs find it; `NSHomeDirectory` looks at the user's entry alone.
            homeDirectory: environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory(),
            files: files,
            processes: CredentialPrograms(processes: processes, environment: environment),
            now: { [clock] in AWSTimestamp(seconds: Double(clock.now().milliseconds) / 1000) },
            sleep: { try await Task.sleep(for: $0 / timeScale) },
            random: { Double.random(in: 0..<1) },
            mfaCode: { try Prompt.mfaCode(for: $0) }
        )
    }
}

extension Plan {
    /// Whether a step or a secret of it asks AWS.
    var needsAWS: Bool {
        let kinds = Set(StepCatalog.declarations.filter { !$0.permissions.isEmpty }.map(\.name))
        let calls = steps.flatMap { $0.verify + $0.watch }.map(\.kind)
        let isAsked = steps.contains { kinds.contains($0.work.kindName) } || !kinds.isDisjoint(with: calls)
        return isAsked
            || secrets.contains { secret in
                switch secret.source {
                case .secretsManager, .parameter: true
                case .environment: false
                }
            }
    }

    /// jq expressions that the plan holds, so that they can be compiled together.
    var expressions: [String] {
        var found: [String] = []
        for step in steps {
            if let condition = step.when { found.append(condition) }
            found += step.capture.values.sorted()
            var probes = step.verify + step.watch
            if case .probe(let call) = step.work { probes.append(call) }
            found += probes.compactMap { $0.parameters["expect"].string }.filter { !Template.hasReferences($0) }
        }
        return found
    }
}
