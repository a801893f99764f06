import Foundation
import Glibc
import Synchronization

/// A program at work, heard line by line.
///
/// Why not Foundation's `Process`: its pipes leak into whatever another test starts at the same moment, and are not at
/// their end before that has ended too.
final class RunningProgram: Sendable {
    struct Fault: Error {
        let call: String
        let number: Int32
    }

    private let id: pid_t
    private let output: Ear
    private let talk: Ear
    private let ending = Ending()

    /// Starts `program` in `folder`, with nothing of our environment.
    init(_ program: URL, _ arguments: [String], in folder: URL, environment: [String: String]) throws {
        let output = try Self.pipe()
        let talk = try Self.pipe()
        defer { for end in [output.write, talk.write] { close(end) } }
        do {
            id = try Self.spawn(
                // Why through another program: Swift's Glibc leaves out how to change the folder of a child.
                ["/usr/bin/env", "-C", folder.path, program.path] + arguments,
                environment: environment,
                output: output.write,
                talk: talk.write
            )
        } catch {
            for end in [output.read, talk.read] { close(end) }
            throw error
        }
        self.output = Ear(output.read)
        self.talk = Ear(talk.read)
        Thread.detachNewThread { [id, ending] in ending.wait(for: id) }
    }

    deinit { signal(SIGKILL) }

    /// Sends a signal, unless it has ended.
    func signal(_ number: Int32) { ending.ifRunning { _ = kill(id, number) } }

    /// Sends a signal again and again until it has ended, as an impatient person does.
    func signalUntilItEnds(_ number: Int32) async {
        var isRunning = true
        while isRunning, !Task.isCancelled {
            isRunning = false
            ending.ifRunning {
                isRunning = true
                _ = kill(id, number)
            }
            await Task.yield()
        }
    }

    /// Waits until it has said a line with `words` on standard error; false when it ended without.
    func says(_ words: String) async -> Bool {
        await killedWhenCancelled { await talk.hears(words) }
    }

    /// Waits for its end.
    func outcome() async -> Outcome {
        await killedWhenCancelled {
            let (output, talk) = (await output.everything(), await talk.everything())
            return Outcome(status: await ending.status(), output: output, talk: talk)
        }
    }

    /// Why: a test whose time is up must end, whatever its program waits for.
    private func killedWhenCancelled<Result>(_ work: () async -> Result) async -> Result {
        await withTaskCancellationHandler(operation: work) { signal(SIGKILL) }
    }

    /// Two ends of a line that no other program inherits.
    ///
    /// Why sockets: they can be made so from the start; a pipe is only marked later, when it may have leaked already.
    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Fault(call: "socketpair", number: errno) }
        return (ends[0], ends[1])
    }

    private static func spawn(
        _ words: [String],
        environment: [String: String],
        output: Int32,
        talk: Int32
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, talk, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Why: threads of Swift's pool block all signals, and a child inherits that; it could not be interrupted.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var id = pid_t()
        let code = posix_spawn(&id, words[0], &actions, &attributes, &arguments, &variables)
        guard code == 0 else { throw Fault(call: "posix_spawn \(words[0])", number: code) }
        return id
    }
}

/// The end of a program, which comes once.
private final class Ending: Sendable {
    private struct Known {
        var status: Int32?
        var waiting: [CheckedContinuation<Int32, Never>] = []
    }

    private let known = Mutex(Known())

    /// Blocks until process `id` has ended.
    func wait(for id: pid_t) {
        // Why first without reaping it: until its end is known here, its number must not go to another process.
        var facts = siginfo_t()
        while waitid(P_PID, id_t(id), &facts, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        let waiting = known.withLock { known in
            var raw: Int32 = 0
            while waitpid(id, &raw, 0) < 0, errno == EINTR {}
            let number = raw & 0x7f
            let status = number == 0 ? (raw >> 8) & 0xff : 128 + number
            known.status = status
            return known.waiting.map { ($0, status) }
        }
        for (continuation, status) in waiting { continuation.resume(returning: status) }
    }

    func status() async -> Int32 {
        await withCheckedContinuation { continuation in
            let status = known.withLock { known in
                if known.status == nil { known.waiting.append(continuation) }
                return known.status
            }
            if let status { continuation.resume(returning: status) }
        }
    }

    func ifRunning(_ action: () -> Void) {
        known.withLock { known in
            if known.status == nil { action() }
        }
    }
}

/// Reads one end of a pipe to its end and remembers what came.
private final class Ear: Sendable {
    private struct Listener {
        let words: String?
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct Heard {
        var bytes: [UInt8] = []
        var isOver = false
        var listeners: [Listener] = []

        func isEnough(for words: String?) -> Bool {
            guard !isOver, let words else { return isOver }
            return String(decoding: bytes, as: UTF8.self).contains(words)
        }
    }

    private let heard = Mutex(Heard())

    init(_ file: Int32) {
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(file, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                take(buffer.prefix(max(0, count)))
                if count <= 0 { break }
            }
            close(file)
        }
    }

    /// Takes what came; nothing means the end.
    private func take(_ bytes: ArraySlice<UInt8>) {
        let served = heard.withLock { heard in
            heard.bytes += bytes
            heard.isOver = bytes.isEmpty
            let known = heard
            heard.listeners = known.listeners.filter { !known.isEnough(for: $0.words) }
            return known.listeners.filter { known.isEnough(for: $0.words) }
        }
        for listener in served { listener.continuation.resume() }
    }

    func hears(_ words: String) async -> Bool {
        await wait(for: words)
        return heard.withLock { String(decoding: $0.bytes, as: UTF8.self).contains(words) }
    }

    func everything() async -> String {
        await wait(for: nil)
        return heard.withLock { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// Waits until `words` came, or nothing more comes; with nil only for the latter.
    private func wait(for words: String?) async {
        await withCheckedContinuation { continuation in
            let isThere = heard.withLock { heard in
                if heard.isEnough(for: words) { return true }
                heard.listeners.append(Listener(words: words, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
