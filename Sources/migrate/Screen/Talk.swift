import Glibc
import Synchronization

/// Writes to the terminal: data to stdout, talk to stderr.
enum Talk {
    /// Foot of the terminal that talk goes above of, while there is one.
    private static let foot = Mutex<TerminalFoot?>(nil)

    /// Writes data.
    static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Writes talk.
    static func say(_ text: String) {
        if let foot = foot.withLock({ $0 }) { foot.say(text) } else { write(text + "\n", to: STDERR_FILENO) }
    }

    /// Asks for a line; nil at the end of the input.
    static func asking(_ question: String) -> String? {
        let ask = {
            write(question, to: STDERR_FILENO)
            return readLine()
        }
        return if let foot = foot.withLock({ $0 }) { foot.resting(ask) } else { ask() }
    }

    /// Has talk go above `foot` from here on; nil takes the one that is there away.
    static func stand(on foot: TerminalFoot?) {
        self.foot.withLock { current in
            current?.clear()
            current = foot
        }
    }

    /// Writes all of `text`.
    static func write(_ text: String, to file: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            // Why give up: with the reader of our output gone there is nobody left to tell.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
