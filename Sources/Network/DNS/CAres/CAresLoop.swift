import CAres
import Glibc

/// The DNS thread's own state and its loop: take orders, hand out results, wait, let c-ares work.
struct CAresLoop: ~Copyable {
    private let driver: CAresDriver
    private let clock = ContinuousClock()
    private var queries: [Int: CAresQuery] = [:]

    init(driver: CAresDriver) { self.driver = driver }

    /// Works until told to stop.
    mutating func run() {
        while obeyOrders() {
            finishAnswered()
            endOverdue()
            work()
        }
        for query in queries.values { query.finish(.failure(CAresDriver.stopped)) }
        close(driver.wake)
    }

    /// Takes the orders that wait; false after the last.
    private mutating func obeyOrders() -> Bool {
        var goesOn = true
        for order in driver.takeOrders() {
            switch order {
            case .start(let id, let question, let continuation):
                let query = CAresQuery(
                    question: question,
                    deadline: clock.now + question.timeout,
                    continuation: continuation
                )
                do throws(DNSFailure) {
                    try query.start()
                    queries[id] = query
                } catch {
                    query.finish(.failure(error))
                }
            case .cancel(let id): queries.removeValue(forKey: id)?.finish(.failure(CancellationError()))
            case .stop: goesOn = false
            }
        }
        return goesOn
    }

    private mutating func finishAnswered() {
        for (id, query) in queries {
            guard let result = query.result else { continue }
            queries[id] = nil
            query.finish(result)
        }
    }

    private mutating func endOverdue() {
        let now = clock.now
        for (id, query) in queries where query.deadline <= now {
            queries[id] = nil
            query.finish(.failure(DNSFailure.timedOut))
        }
    }

    /// Waits for sockets, limits or an order, then lets c-ares work.
    ///
    /// Why `poll`: `ares_fds` fills an fd_set, which breaks beyond descriptor 1023.
    private func work() {
        var polls = [pollfd(fd: driver.wake, events: Int16(POLLIN), revents: 0)]
        var owners: [CAresQuery] = []
        var wait: Int32?
        for query in queries.values {
            query.forEachSocket { socket, reads, writes in
                polls.append(
                    pollfd(fd: socket, events: Int16((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)), revents: 0)
                )
                owners.append(query)
            }
            let limits = [query.wait, clock.now.duration(to: query.deadline).limitInMilliseconds, wait]
            wait = limits.compactMap(\.self).min()
        }
        // What poll reports but events is an interruption, after which all is looked at once more.
        poll(&polls, nfds_t(polls.count), wait ?? -1)
        for (query, ready) in zip(owners, polls.dropFirst()) where ready.revents != 0 {
            let events = Int32(ready.revents)
            query.process(
                readable: events & (POLLIN | POLLERR | POLLHUP) != 0 ? ready.fd : nil,
                writable: events & POLLOUT != 0 ? ready.fd : nil
            )
        }
        for query in queries.values { query.process(readable: nil, writable: nil) }
    }
}
