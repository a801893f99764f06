/// Which requests may look up a host's name now; the others wait for their turn.
///
/// Why: each lookup holds a thread of libcurl's resolver (300 names that did not resolve made 281 threads), and one host
/// that is slow to resolve, or has no connection left for more, must not take the turns of all others.
struct LookupGate {
    /// Most requests that look up a name at once.
    private let total: Int
    /// Most of them for one host.
    private let perHost: Int
    private var hosts: [Int: String] = [:]
    private var counts: [String: Int] = [:]
    private var waiting: [(id: Int, host: String)] = []

    /// Makes a gate for `total` lookups at once, a quarter of them for one host.
    init(total: Int) {
        self.total = max(1, total)
        perHost = max(1, total / 4)
    }

    /// Requests that are looking up a name now, as far as is known.
    var admitted: some Collection<Int> { hosts.keys }

    /// Whether request `id` may begin to look up `host`; otherwise it waits until `ended` names it.
    mutating func admits(_ id: Int, for host: String) -> Bool {
        guard hasRoom(for: host) else {
            waiting.append((id, host))
            return false
        }
        enter(id, host)
        return true
    }

    /// Takes note that request `id` has looked up its name, or is over, and returns those whose turn it is now.
    mutating func ended(_ id: Int) -> [Int] {
        guard let host = hosts.removeValue(forKey: id) else {
            waiting.removeAll { $0.id == id }
            return []
        }
        counts[host, default: 1] -= 1
        if counts[host] == 0 { counts[host] = nil }
        var next: [Int] = []
        var kept: [(id: Int, host: String)] = []
        for one in waiting {
            if hasRoom(for: one.host) {
                enter(one.id, one.host)
                next.append(one.id)
            } else {
                kept.append(one)
            }
        }
        if !next.isEmpty { waiting = kept }
        return next
    }

    private func hasRoom(for host: String) -> Bool { hosts.count < total && counts[host, default: 0] < perHost }

    private mutating func enter(_ id: Int, _ host: String) {
        hosts[id] = host
        counts[host, default: 0] += 1
    }
}

extension HTTPRequest {
    /// Host whose name must be looked up before anything is sent; nil for an address.
    var hostToLookUp: String? {
        let host = (connectTo ?? ConnectTarget(of: url)).host
        let isAddress = host.contains(":") || host.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        return isAddress ? nil : host.lowercased()
    }
}
