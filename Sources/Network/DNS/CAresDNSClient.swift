import CAres
import Glibc

/// DNS over c-ares: many questions at once on one thread, each with a channel of its own.
///
/// A channel a question, since the servers, flags and limits belong to a channel. UDP unless asked otherwise; an
/// answer that did not fit is asked for again over TCP. Nothing is cached.
public final class CAresDNSClient: DNSClient {
    private let driver: CAresDriver

    /// Starts the client's thread.
    ///
    /// Throws: `DNSFailure.other` when the system has no thread or descriptor to give.
    public init() throws(DNSFailure) {
        driver = try CAresDriver.start()
    }

    deinit { driver.stop() }

    /// Asks `question`, of the servers in `/etc/resolv.conf` when it names none.
    ///
    /// Throws: `DNSFailure` when no answer could be read; `CancellationError` when the task was cancelled.
    public func ask(_ question: DNSQuestion) async throws -> DNSAnswer {
        try await driver.run(question)
    }

    /// Ends the thread; questions under way, and later ones, fail with `DNSFailure.other` (`ARES_EDESTRUCTION`).
    public func stop() { driver.stop() }
}
