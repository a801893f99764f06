import CAres
import Glibc
import Synchronization

/// The side of the DNS thread that other threads see: an inbox, and a way to wake the thread.
final class CAresDriver: Sendable {
    /// One order to the thread.
    enum Command: Sendable {
        case ask(id: Int, DNSQuestion, CheckedContinuation<DNSAnswer, any Error>)
        case cancel(id: Int)
        case stop
    }

    /// What waits for the thread.
    private struct Inbox: Sendable {
        var commands: [Command] = []
        var lastID = 0
        var isStopped = false
    }

    /// The failure of a question that the client's end cut off.
    static let stopped = DNSFailure.other(ARES_EDESTRUCTION)

    /// An eventfd that is readable while orders wait; the thread closes it.
    let wake: Int32
    private let inbox = Mutex(Inbox())

    private static let initialized = ares_library_init(ARES_LIB_INIT_ALL)

    private init(wake: Int32) { self.wake = wake }

    /// Starts the thread.
    static func start() throws(DNSFailure) -> CAresDriver {
        guard initialized == ARES_SUCCESS else { throw .other(initialized) }
        let wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wake >= 0 else { throw .other(ARES_EFILE) }
        let driver = CAresDriver(wake: wake)
        do {
            try DetachedThread.start(named: "migrate-dns") {
                var loop = CAresLoop(driver: driver)
                loop.run()
            }
        } catch {
            close(wake)
            throw .other(ARES_ENOMEM)
        }
        return driver
    }

    /// Asks `question` and waits for its answer.
    func run(_ question: DNSQuestion) async throws -> DNSAnswer {
        let id = inbox.withLock { box in
            box.lastID += 1
            return box.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard post(.ask(id: id, question, continuation)) else {
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
            // Under the lock: an order that comes later makes it readable again.
            var count: eventfd_t = 0
            eventfd_read(wake, &count)
            return box.commands
        }
    }

    @discardableResult private func post(_ command: Command) -> Bool {
        inbox.withLock { box in
            guard !box.isStopped else { return false }
            box.commands.append(command)
            if case .stop = command { box.isStopped = true }
            // Why inside the lock: after `.stop` was taken the descriptor is closed, and its number may be another's.
            eventfd_write(wake, 1)
            return true
        }
    }
}
