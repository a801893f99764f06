import CCurl
import Synchronization

/// The side of the curl thread that other threads see: an inbox, and a way to wake the thread.
///
/// Rule: only the thread touches the multi handle, but for `curl_multi_wakeup`. Why: libcurl allows one thread a
/// handle. What if you don't: its lists are corrupted under load, far from the cause.
final class CurlDriver: Sendable {
    /// One order to the thread.
    enum Command: Sendable {
        case start(id: Int, CurlJob, CheckedContinuation<HTTPResponse, any Error>)
        case cancel(id: Int)
        case stop
    }

    /// What waits for the thread.
    private struct Inbox: Sendable {
        var commands: [Command] = []
        var lastID = 0
        var isStopped = false
    }

    /// The failure of a request that the client's end cut off.
    static let stopped = HTTPFailure(reason: .other, message: "the client was stopped", mayHaveSent: false)

    private let inbox = Mutex(Inbox())
    // Proof of `unsafe`: set once, here. The thread owns what it points to; all others only pass it to
    // `curl_multi_wakeup`, which libcurl documents as callable from any thread, and do so under the inbox's lock
    // while `isStopped` is false, that is before the thread can have taken `.stop` and freed it.
    nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    private static let initialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    private init(multi: UnsafeMutableRawPointer) { self.multi = multi }

    /// Makes the handle and starts the thread.
    static func start(limits: HTTPConnectionLimits) throws(HTTPFailure) -> CurlDriver {
        guard initialized == CURLE_OK, let multi = curl_multi_init() else {
            throw HTTPFailure(reason: .other, message: "libcurl could not be started", mayHaveSent: false)
        }
        migrate_multi_setopt_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.total)
        migrate_multi_setopt_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, limits.perHost)
        migrate_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, limits.total)
        let driver = CurlDriver(multi: multi)
        do {
            try DetachedThread.start(named: "migrate-http") {
                var loop = CurlLoop(driver: driver, lookups: limits.lookups)
                loop.run()
            }
        } catch {
            curl_multi_cleanup(multi)
            throw HTTPFailure(
                reason: .other,
                message: "no thread for HTTP: error \(error.errorNumber)",
                mayHaveSent: false
            )
        }
        return driver
    }

    /// Runs `job` to its end.
    func run(_ job: CurlJob) async throws -> HTTPResponse {
        let id = inbox.withLock { box in
            box.lastID += 1
            return box.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard post(.start(id: id, job, continuation)) else {
                    return continuation.resume(throwing: Self.stopped)
                }
                // Why: a cancellation that came before the line above found nothing to cancel.
                if Task.isCancelled { post(.cancel(id: id)) }
            }
        } onCancel: {
            post(.cancel(id: id))
        }
    }

    /// Ends the thread; what is under way fails with `stopped`.
    func stop() { post(.stop) }

    /// Takes all that waits; the thread calls it.
    func takeCommands() -> [Command] {
        inbox.withLock { box in
            defer { box.commands.removeAll(keepingCapacity: true) }
            return box.commands
        }
    }

    @discardableResult private func post(_ command: Command) -> Bool {
        inbox.withLock { box in
            guard !box.isStopped else { return false }
            box.commands.append(command)
            if case .stop = command { box.isStopped = true }
            // Why inside the lock: see the proof at `multi`.
            curl_multi_wakeup(multi)
            return true
        }
    }
}
