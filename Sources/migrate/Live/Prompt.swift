import Foundation
import Glibc

/// Asks the person at the terminal.
enum Prompt {
    /// Why nobody could be asked.
    struct NoTerminal: Error, CustomStringConvertible {
        let wanted: String
        var description: String { "\(wanted) is needed, and there is no terminal to ask at" }
    }

    /// Six digits of the MFA device `serial`.
    static func mfaCode(for serial: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { throw NoTerminal(wanted: "the MFA code of `\(serial)`") }
        Talk.say("MFA code of \(serial): ", newline: false)
        return readLine()?.trimmingCharacters(in: .whitespaces) ?? ""
    }

    /// Whether the person says yes to `question`; nil when nobody can be asked.
    static func confirms(_ question: String) -> Bool? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        Talk.say("\(question) [y/N] ", newline: false)
        return readLine()?.lowercased().hasPrefix("y") ?? false
    }
}

/// Writes to the terminal: data to stdout, talk to stderr.
enum Talk {
    /// Writes data.
    static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Writes talk.
    static func say(_ text: String, newline: Bool = true) { write(newline ? text + "\n" : text, to: STDERR_FILENO) }

    private static func write(_ text: String, to file: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            // Why give up: with the reader of our output gone there is nobody left to tell.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
