/// How many connections a client may hold open.
public struct HTTPConnectionLimits: Sendable, Equatable {
    /// Most connections in all, those that are idle or still looking up a name included; further requests wait.
    ///
    /// Why there is one: each connection that looks up a name holds a thread of libcurl's resolver
    /// (300 names that did not resolve made 281 threads).
    public var total: Int
    /// Most connections to one host and port; a host that hangs must not take all.
    public var perHost: Int

    /// Makes limits: 64 in all, 32 to one host.
    public init(total: Int = 64, perHost: Int = 32) {
        self.total = max(1, total)
        self.perHost = max(1, perHost)
    }
}
