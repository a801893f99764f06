import CAres
import Glibc

/// The DNS thread, as other threads see it.
struct CAresDriver: Sendable {
    /// The failure of a question that the client's end cut off.
    static let stopped = DNSFailure.other(ARES_EDESTRUCTION)

    /// An eventfd that is readable while orders wait; the thread closes it.
    let wake: Int32
    private let inbox: ThreadInbox<DNSQuestion, DNSAnswer>

    private static let initialized = ares_library_init(ARES_LIB_INIT_ALL)

    private init(wake: Int32) {
        self.wake = wake
        inbox = ThreadInbox(stopped: Self.stopped) { eventfd_write(wake, 1) }
    }

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
    func run(_ question: DNSQuestion) async throws -> DNSAnswer { try await inbox.run(question) }

    /// Ends the thread; what is under way fails with `stopped`.
    func stop() { inbox.stop() }

    /// Takes all that waits; the thread calls it.
    func takeOrders() -> [ThreadInbox<DNSQuestion, DNSAnswer>.Order] {
        inbox.takeOrders {
            var count: eventfd_t = 0
            eventfd_read(wake, &count)
        }
    }
}
