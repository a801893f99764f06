import CCurl

/// The curl thread, as other threads see it.
///
/// Rule: only the thread touches the multi handle, but for `curl_multi_wakeup`. Why: libcurl allows one thread a
/// handle. What if you don't: its lists are corrupted under load, far from the cause.
struct CurlDriver: Sendable {
    /// The failure of a request that the client's end cut off.
    static let stopped = HTTPFailure(reason: .other, message: "the client was stopped", mayHaveSent: false)

    private let inbox: ThreadInbox<CurlJob, HTTPResponse>
    // Proof of `unsafe`: set once, here. The thread owns what it points to; all others only pass it to
    // `curl_multi_wakeup`, which libcurl documents as callable from any thread, and do so by the inbox, which wakes
    // nobody once the thread can have taken `.stop` and freed it.
    nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    private static let initialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    private init(multi: UnsafeMutableRawPointer) {
        self.multi = multi
        nonisolated(unsafe) let handle = multi
        inbox = ThreadInbox(stopped: Self.stopped) { curl_multi_wakeup(handle) }
    }

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
    func run(_ job: CurlJob) async throws -> HTTPResponse { try await inbox.run(job) }

    /// Ends the thread; what is under way fails with `stopped`.
    func stop() { inbox.stop() }

    /// Takes all that waits; the thread calls it.
    func takeOrders() -> [ThreadInbox<CurlJob, HTTPResponse>.Order] { inbox.takeOrders() }
}
