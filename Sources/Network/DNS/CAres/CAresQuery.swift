import CAres

/// One question under way on a channel of its own; lives on the DNS thread only.
final class CAresQuery {
    /// Times a UDP question is sent to each server.
    private static let tries: Int32 = 3
    /// Largest UDP answer asked for, in bytes: what passes any path unbroken (DNS flag day 2020).
    private static let ednsSize: Int32 = 1232

    /// When the loop ends it.
    let deadline: ContinuousClock.Instant
    /// What c-ares brought; nil until then.
    private(set) var result: Result<DNSAnswer, any Error>?
    private let question: DNSQuestion
    private let continuation: CheckedContinuation<DNSAnswer, any Error>
    private var channel: ares_channel?

    init(
        question: DNSQuestion,
        deadline: ContinuousClock.Instant,
        continuation: CheckedContinuation<DNSAnswer, any Error>
    ) {
        self.question = question
        self.deadline = deadline
        self.continuation = continuation
    }

    /// Opens the channel and sends the question.
    func start() throws(DNSFailure) {
        let server = try question.server.map { text throws(DNSFailure) in try DNSServerAddress(text) }
        guard !question.name.utf8.contains(0) else { throw .other(ARES_EBADNAME) }
        var options = ares_options()
        // NOCHECKRESP: SERVFAIL and REFUSED come as answers instead of turning into a timeout.
        options.flags =
            ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP | ARES_FLAG_EDNS
            | ARES_FLAG_STAYOPEN
        if question.usesTCP { options.flags |= ARES_FLAG_USEVC }
        if !question.isRecursive { options.flags |= ARES_FLAG_NORECURSE }
        // c-ares doubles its wait with each try, so that all of them take 2^tries - 1 times the first.
        options.timeout = max(1, question.timeout.limitInMilliseconds / ((1 << Self.tries) - 1))
        options.tries = Self.tries
        options.ednspsz = Self.ednsSize
        let mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_EDNSPSZ
        var code = ares_init_options(&channel, &options, mask)
        guard code == ARES_SUCCESS else { throw .other(code) }
        if let server {
            code = ares_set_servers_ports_csv(channel, server.text)
            guard code == ARES_SUCCESS else { throw .other(code) }
        }
        send()
    }

    private func send() {
        // Unretained: the loop holds the query until `finish` has destroyed the channel.
        let query = Unmanaged.passUnretained(self).toOpaque()
        // Rule: this file has no actor, since C calls the closure. See `CurlTransfer+Callbacks.swift`.
        ares_query(
            channel,
            question.name,
            1,
            Int32(question.type.rawValue),
            { user, status, _, bytes, length in
                guard let user, status != ARES_EDESTRUCTION else { return }
                let query = Unmanaged<CAresQuery>.fromOpaque(user).takeUnretainedValue()
                query.take(status, bytes.map { Array(UnsafeBufferPointer(start: $0, count: Int(length))) })
            },
            query
        )
    }

    private func take(_ status: Int32, _ bytes: [UInt8]?) {
        result = Result {
            guard let bytes else {
                switch status {
                case ARES_ETIMEOUT: throw DNSFailure.timedOut
                case ARES_ECONNREFUSED: throw DNSFailure.connectionRefused
                case ARES_EBADRESP: throw DNSFailure.malformed
                default: throw DNSFailure.other(status)
                }
            }
            do {
                let message = try DNSMessage(bytes: bytes)
                // c-ares has asked again over TCP; an answer cut off even there is not whole.
                guard !message.isTruncated else { throw DNSMessageReader.Malformed() }
                return message.answer(to: question)
            } catch {
                throw DNSFailure.malformed
            }
        }
    }

    /// Closes the channel and resumes the caller.
    func finish(_ result: Result<DNSAnswer, any Error>) {
        if let channel { ares_destroy(channel) }
        channel = nil
        continuation.resume(with: result)
    }

    /// Calls `body` for each socket that c-ares waits for.
    func forEachSocket(_ body: (_ socket: ares_socket_t, _ reads: Bool, _ writes: Bool) -> Void) {
        var sockets = [ares_socket_t](repeating: 0, count: Int(ARES_GETSOCK_MAXNUM))
        let bits = ares_getsock(channel, &sockets, Int32(sockets.count))
        for (index, socket) in sockets.enumerated() {
            // ARES_GETSOCK_READABLE and _WRITABLE are macros with arguments, which Swift does not import.
            let reads = bits & (1 << index) != 0
            let writes = bits & (1 << (index + sockets.count)) != 0
            if reads || writes { body(socket, reads, writes) }
        }
    }

    /// Milliseconds until c-ares wants to be called without any socket; nil for never.
    var wait: Int32? {
        var left = timeval()
        guard ares_timeout(channel, nil, &left) != nil else { return nil }
        return Int32(clamping: left.tv_sec * 1000 + (left.tv_usec + 999) / 1000)
    }

    /// Lets c-ares work on `readable` and `writable`, nil for none, and on its timeouts.
    func process(readable: ares_socket_t?, writable: ares_socket_t?) {
        ares_process_fd(channel, readable ?? ARES_SOCKET_BAD, writable ?? ARES_SOCKET_BAD)
    }
}
