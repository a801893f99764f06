import Glibc

/// A user that owns nothing.
enum Stranger {
    /// Gives up the rights of root in this process, for good; somebody else is no owner of our files already.
    ///
    /// Rule: only in a child process of a test.
    static func become() throws {
        guard getuid() != 0 || setuid(65_534) == 0 else { throw SystemFault(code: errno) }
    }
}
