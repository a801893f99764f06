import Foundation
import Glibc
import Steps
import Synchronization

/// A program that this process has started and that waits at its gate.
///
/// Why spawned by hand: a library that owns its children ends them with the task that waits for them, and this one has
/// to outlive even our process.
final class GatedChild: Sendable {
    /// Process id, and id of its group.
    let process: Int32
    private let end = ChildEnd()
    private let gate: GateEnd

    /// Starts `program` at `path`, its output going to `folder`.
    ///
    /// Throws: `ProcessFailure.notStarted`.
    init(_ command: ProcessCommand, at path: String, in folder: ProgramFolder) throws {
        let directory = command.directory ?? FileManager.default.currentDirectoryPath
        let words =
            [GateScript.shell, "-c", GateScript.text, "migrate-gate", folder.path, directory, path] + command.arguments
        (process, gate) = try Self.spawning.withLock { _ in
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw Self.failure(command, errno) }
            let gate = GateEnd(ends[1])
            defer { Glibc.close(ends[0]) }
            Self.closeOnExec()
            return (try Self.spawn(words, command, input: ends[0], folder), gate)
        }
        Thread.detachNewThread { [process, end] in
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
            end.come()
        }
    }

    /// Held while a child is started.
    ///
    /// Why one at a time: another that is started between a pipe and its mark would keep that gate from closing.
    private static let spawning = Mutex(())

    /// Lets the program begin, and hands it `input`.
    func open(input: [UInt8]) {
        // Why a thread: a pipe holds little, and the program may take its time to read.
        Thread.detachNewThread { [gate] in gate.write(Array("\(GateScript.word)\n".utf8) + input) }
    }

    /// Ends the shell without having run anything.
    func close() { gate.close() }

    /// Waits until the process is over, or `limit` has passed; tells which.
    func isOver(within limit: Duration) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { [end] in
                await end.wait()
                try Task.checkCancellation()
                return true
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }

    /// Sees to it that nothing we have open is handed on: a survivor must not hold our connections, nor the gates of
    /// others.
    private static func closeOnExec() {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") } catch { return }
        for file in names.compactMap({ Int32($0) }) where file > STDERR_FILENO {
            let flags = fcntl(file, F_GETFD)
            if flags >= 0, flags & FD_CLOEXEC == 0 { _ = fcntl(file, F_SETFD, flags | FD_CLOEXEC) }
        }
    }

    private static func spawn(
        _ words: [String],
        _ command: ProcessCommand,
        input: Int32,
        _ folder: ProgramFolder
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, folder.output, O_WRONLY | O_APPEND, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, folder.errors, O_WRONLY | O_APPEND, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Why: threads of Swift's pool block all signals, and we ignore some; a child inherits both, and a shell cannot
        // trap what was ignored before it.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        // Why a group of its own: Ctrl-C at our terminal does not reach it, and its children are reached with it.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP)
        )
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] =
            command.environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, words[0], &actions, &attributes, &arguments, &variables)
        guard code == 0 else { throw failure(command, code) }
        return id
    }

    private static func failure(_ command: ProcessCommand, _ code: Int32) -> ProcessFailure {
        .notStarted(program: command.program, reason: String(cString: strerror(code)))
    }
}
