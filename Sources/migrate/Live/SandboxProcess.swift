import Foundation
import Glibc
import MigrateCore

/// The sandbox of this folder: started detached, found again by its ready file, stopped by its own process id.
struct SandboxProcess {
    /// Folder with the ready file and all that the sandbox keeps.
    let folder: String
    private let files = LocalFiles()

    /// What the running sandbox says of itself; nil when none runs.
    func running() throws -> Value? {
        guard let bytes = try files.read(readyFile) else { return nil }
        let ready = try Value(parsing: bytes)
        guard let id = ready["pid"].integer.flatMap({ Int32(exactly: $0) }), isSandbox(id) else { return nil }
        return ready
    }

    /// Starts a sandbox unless one runs, and returns what it says of itself once everything in it answers.
    ///
    /// Throws: `CommandFault.sandbox`.
    func start(scenario: String, extra: [String], clock: SystemClock) async throws -> Value {
        if let ready = try running() { return ready }
        let python = ".venv/bin/python"
        guard access(python, X_OK) == 0 else {
            throw CommandFault.sandbox("the sandbox's Python environment is not there", hint: "`make setup` makes it")
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if unlink(readyFile) != 0, errno != ENOENT {
            throw CommandFault.sandbox("`\(readyFile)` cannot be removed", hint: "check its permissions")
        }
        let id = try spawn(python, ["-m", "sandbox", "--scenario", scenario, "--state", folder] + extra)
        let began = clock.now()
        while clock.now() - began < Self.patience {
            if let ready = try running() { return ready }
            var status: Int32 = 0
            if waitpid(id, &status, WNOHANG) == id { break }
            try await clock.sleep(for: .milliseconds(50))
        }
        throw CommandFault.sandbox("the sandbox did not come up", hint: "its log is `\(folder)/sandbox.log`")
    }

    /// Stops the sandbox and waits until it is gone; false when none ran.
    func stop(clock: SystemClock) async throws -> Bool {
        guard let ready = try running(), let id = ready["pid"].integer.flatMap({ Int32(exactly: $0) }) else {
            return false
        }
        kill(id, SIGTERM)
        let began = clock.now()
        while isSandbox(id) {
            guard clock.now() - began < Self.patience else {
                throw CommandFault.sandbox(
                    "the sandbox (process \(id)) does not stop",
                    hint: "end it with `kill -9 \(id)`"
                )
            }
            try await clock.sleep(for: .milliseconds(50))
        }
        return true
    }

    /// `POSIX_SPAWN_SETSID` of glibc's <spawn.h>, which Swift's Glibc module leaves out.
    private static let newSession: Int16 = 0x80
    private static let patience: Duration = .seconds(60)
    private var readyFile: String { "\(folder)/sandbox.json" }

    /// Whether process `id` is a sandbox of this folder, and not a later process that was given its number.
    private func isSandbox(_ id: Int32) -> Bool {
        guard let line = FileManager.default.contents(atPath: "/proc/\(id)/cmdline"), !line.isEmpty else {
            return false
        }
        let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return words.contains("sandbox") && words.contains(folder) && ProcessIdentity.start(of: id) != nil
    }

    /// Starts a program in a session of its own, its output in the sandbox's log.
    private func spawn(_ program: String, _ arguments: [String]) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions,
            STDOUT_FILENO,
            "\(folder)/sandbox.log",
            O_WRONLY | O_CREAT | O_APPEND,
            0o644
        )
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Why: threads of Swift's pool block all signals, and a child inherits that; it could not be asked to stop.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var usual = sigset_t()
        sigemptyset(&usual)
        sigaddset(&usual, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        let flags = Self.newSession | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, flags)
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, program, &actions, &attributes, &words, environ)
        guard code == 0 else {
            throw CommandFault.sandbox(
                "`\(program)` cannot be started: \(String(cString: strerror(code)))",
                hint: "`make setup` makes it anew"
            )
        }
        return id
    }
}
