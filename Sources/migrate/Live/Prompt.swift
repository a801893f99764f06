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
        guard hasSomebody else { throw NoTerminal(wanted: "the MFA code of `\(serial)`") }
        return Talk.asking("MFA code of \(serial): ")?.trimmingCharacters(in: .whitespaces) ?? ""
    }

    /// Whether the person says yes to `question`; nil when nobody can be asked.
    static func confirms(_ question: String) -> Bool? {
        guard hasSomebody else { return nil }
        return Talk.asking("\(question) [y/N] ")?.lowercased().hasPrefix("y") ?? false
    }

    /// Whether there is a person to ask.
    static var hasSomebody: Bool { isatty(STDIN_FILENO) == 1 }
}
