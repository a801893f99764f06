/// How many connections a client may hold open.
public struct HTTPConnectionLimits: Sendable, Equatable {
    /// Most connections in all, idle ones included; further requests wait.
    public var total: Int
    /// Most connections to one host and port; a host that hangs must not take all.
    public var perHost: Int
    /// Most requests that look up a host's name at once; each holds a thread of libcurl's resolver.
    public var lookups: Int

    /// Makes limits: 64 in all, 32 to one host, 64 lookups.
    public init(total: Int = 64, perHost: Int = 32, lookups: Int = 64) {
        self.total = max(1, total)
        self.perHost = max(1, perHost)
        self.lookups = max(1, lookups)
    }

    /// Limits for a process that may hold `files` files open: three quarters of them, 2,048 at most, and half of that to
    /// one host.
    public static func fitting(openFiles files: Int) -> HTTPConnectionLimits {
        let total = min(2048, files / 4 * 3)
        return HTTPConnectionLimits(total: total, perHost: total / 2)
    }
}
