import CCurl
import Glibc

/// A POSIX thread that runs one closure and ends with it.
enum DetachedThread {
    /// What the new thread is given.
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` on a new thread; `name`, at most 15 bytes, is what `ps -T` shows.
    ///
    /// Every signal is blocked on that thread. Why: a write of OpenSSL to a closed socket raises SIGPIPE on the
    /// writing thread (`CURLOPT_NOSIGNAL` does not cover it), and Ctrl-C belongs to the main thread.
    /// Throws: the error number, when the system has no thread to give.
    static func start(named name: String, _ body: @escaping @Sendable () -> Void) throws(ThreadRefusal) {
        let work = Unmanaged.passRetained(
            Work {
                var every = sigset_t()
                sigfillset(&every)
                pthread_sigmask(SIG_BLOCK, &every, nil)
                pthread_setname_np(pthread_self(), name)
                body()
            }
        )
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                // The one retain of `passRetained` is handed over here; the starter never touches the box again.
                Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            },
            work.toOpaque()
        )
        guard code == 0 else {
            work.release()
            throw ThreadRefusal(errorNumber: code)
        }
        pthread_detach(thread)
    }
}

/// The system gave no thread.
struct ThreadRefusal: Error {
    /// Number of the system's error.
    let errorNumber: Int32
}
