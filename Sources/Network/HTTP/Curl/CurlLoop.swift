import CCurl

/// The curl thread's own state and its loop: take orders, let libcurl work, hand out results, wait.
struct CurlLoop: ~Copyable {
    /// Easy handles kept for reuse; more than this are freed.
    private static let keptHandles = 64
    /// Longest sleep; the thread is woken by sockets, by libcurl's timers, by deadlines and by orders.
    private static let longestWait = Duration.seconds(60)
    /// How long after a request's limit the loop ends it by itself.
    ///
    /// Why: libcurl's own words ("Connection timed out after …") say more, so it goes first.
    private static let grace = Duration.milliseconds(50)

    private let driver: CurlDriver
    private let clock = ContinuousClock()
    private var transfers: [Int: CurlTransfer] = [:]
    private var idle: [UnsafeMutableRawPointer] = []
    /// No deadline is before this instant; nil when none is known.
    private var earliestDeadline: ContinuousClock.Instant?
    private var lookups: LookupGate

    /// Makes the loop of `driver`, which has `lookups` names looked up at once.
    init(driver: CurlDriver, lookups: Int) {
        self.driver = driver
        self.lookups = LookupGate(total: lookups)
    }

    /// Works until told to stop.
    mutating func run() {
        while obeyOrders() {
            var running: Int32 = 0
            report(curl_multi_perform(driver.multi, &running))
            collectFinished()
            endOverdue()
            letLookUp()
            let wait = earliestDeadline.map { min(Self.longestWait, clock.now.duration(to: $0)) } ?? Self.longestWait
            report(curl_multi_poll(driver.multi, nil, 0, wait.limitInMilliseconds, nil))
        }
        for id in transfers.keys {
            finish(id) { .failure($0.failure(reason: .other, message: CurlDriver.stopped.message)) }
        }
        for easy in idle { curl_easy_cleanup(easy) }
        curl_multi_cleanup(driver.multi)
    }

    /// Takes the orders that wait; false after the last.
    private mutating func obeyOrders() -> Bool {
        var goesOn = true
        for order in driver.takeOrders() {
            switch order {
            case .start(let id, let job, let continuation): start(id, job, continuation)
            case .cancel(let id): finish(id) { _ in .failure(CancellationError()) }
            case .stop: goesOn = false
            }
        }
        return goesOn
    }

    private mutating func start(
        _ id: Int,
        _ job: CurlJob,
        _ continuation: CheckedContinuation<HTTPResponse, any Error>
    ) {
        guard let easy = idle.popLast() ?? curl_easy_init() else {
            let failure = HTTPFailure(reason: .other, message: "libcurl has no memory", mayHaveSent: false)
            return continuation.resume(throwing: failure)
        }
        let deadline = clock.now + job.request.timeout + Self.grace
        let transfer = CurlTransfer(
            id: id,
            easy: easy,
            job: job,
            deadline: deadline,
            continuation: continuation
        )
        transfers[id] = transfer
        do throws(HTTPFailure) {
            try transfer.configure()
        } catch {
            return finish(id) { _ in .failure(error) }
        }
        earliestDeadline = min(earliestDeadline ?? deadline, deadline)
        if let host = job.request.hostToLookUp, !lookups.admits(id, for: host) { return }
        add(transfer)
    }

    /// Has libcurl work on `transfer`.
    private mutating func add(_ transfer: CurlTransfer) {
        let code = curl_multi_add_handle(driver.multi, transfer.easy)
        guard code == CURLM_OK else { return finish(transfer.id) { $0.refusal(by: code) } }
        transfer.isAdded = true
    }

    /// Gives the turns of those that know their host's address to those that wait.
    private mutating func letLookUp() {
        for id in Array(lookups.admitted) where transfers[id]?.hasLookedUp ?? true { giveTurn(of: id) }
    }

    /// Ends the turn of request `id`, and begins those whose turn it is then.
    private mutating func giveTurn(of id: Int) {
        for next in lookups.ended(id) {
            if let transfer = transfers[next] { add(transfer) }
        }
    }

    private mutating func collectFinished() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(driver.multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            // Read before the handle is removed, which frees the message.
            let code = migrate_message_result(message)
            finish(CurlTransfer.id(of: easy)) { $0.result(code) }
        }
    }

    /// Ends what libcurl's own clock did not: a request that waits for a free connection has none there.
    private mutating func endOverdue() {
        let now = clock.now
        guard let earliest = earliestDeadline, earliest <= now else { return }
        for (id, transfer) in transfers where transfer.deadline <= now {
            finish(id) {
                let limit = $0.job.request.timeout
                return .failure($0.failure(reason: .timedOut, message: "no answer within \(limit)"))
            }
        }
        earliestDeadline = transfers.values.map(\.deadline).min()
    }

    /// Takes transfer `id` out and resumes its caller with what `result` reads from it.
    private mutating func finish(
        _ id: Int,
        _ result: (CurlTransfer) -> Result<HTTPResponse, any Error>
    ) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        let outcome = result(transfer)
        if transfer.isAdded { curl_multi_remove_handle(driver.multi, transfer.easy) }
        // Reset keeps the connections and TLS sessions, and forgets every pointer into the transfer.
        curl_easy_reset(transfer.easy)
        if idle.count < Self.keptHandles { idle.append(transfer.easy) } else { curl_easy_cleanup(transfer.easy) }
        transfer.freeLists()
        transfer.continuation.resume(with: outcome)
        giveTurn(of: id)
    }

    /// Fails every transfer when the multi handle itself does not work; going on would spin.
    private mutating func report(_ code: CURLMcode) {
        guard code != CURLM_OK else { return }
        for id in transfers.keys { finish(id) { $0.refusal(by: code) } }
    }
}
