import Glibc

/// How many files this process may hold open.
enum OpenFileLimit {
    /// Most that is asked for; a thousand connections and their neighbours need no more.
    private static let wanted = rlim_t(4096)

    /// Raises our own limit as far as it may be and is of use, and returns what it is then.
    ///
    /// Why: systems start processes with 1,024 of them, and each probe in flight holds one.
    static func raise() -> Int {
        var limit = rlimit()
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(files, &limit) == 0 else { return 1024 }
        let goal = min(wanted, limit.rlim_max)
        if limit.rlim_cur < goal {
            var raised = limit
            raised.rlim_cur = goal
            // What cannot be raised stays: fewer probes at once, no failure.
            if setrlimit(files, &raised) == 0 { limit = raised }
        }
        return Int(min(limit.rlim_cur, rlim_t(Int32.max)))
    }
}
