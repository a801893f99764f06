import Glibc
import Synchronization

/// Our end of the pipe that a program waits at; closed once, at the latest when nobody holds it any more.
final class GateEnd: Sendable {
    private let file: Mutex<Int32?>

    init(_ file: Int32) { self.file = Mutex(file) }

    deinit { close() }

    /// Writes `bytes` and closes the pipe; what its reader does not want is dropped.
    func write(_ bytes: [UInt8]) {
        guard let file = take() else { return }
        var written = 0
        while written < bytes.count {
            // Without a reader this fails: our process ignores SIGPIPE.
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            written += count
        }
        Glibc.close(file)
    }

    /// Closes the pipe.
    func close() {
        if let file = take() { Glibc.close(file) }
    }

    private func take() -> Int32? {
        file.withLock { file in
            defer { file = nil }
            return file
        }
    }
}
