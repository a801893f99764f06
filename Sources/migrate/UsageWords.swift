import ArgumentParser
import MigrateCore

/// Bad usage in our own form: what is wrong, then what to do.
enum UsageWords {
    /// What to say about `message`, as the parser of arguments has it, given all `arguments` of the process.
    static func text(of message: String, arguments: [String]) -> String {
        var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let first = lines.first, let colon = first.firstRange(of: "Error: ") {
            let words = first[colon.upperBound...].replacing("'", with: "`")
            lines[0] = "error: \(words.prefix(1).lowercased())\(words.dropFirst())"
        }
        if let last = lines.last, let place = last.firstMatch(of: /See '(.+)' for more information/) {
            lines[lines.count - 1] = "hint: `\(place.output.1)` lists what there is"
        }
        if let better = suggestion(for: arguments) { lines[lines.count - 1] = "hint: \(better)" }
        return lines.filter { !$0.hasPrefix("Usage:") }.joined(separator: "\n")
    }

    /// What was probably meant, where the first word shows it.
    private static func suggestion(for arguments: [String]) -> String? {
        guard let first = arguments.dropFirst().first else { return nil }
        let names = Migrate.configuration.subcommands.compactMap { $0.configuration.commandName }
        if first.hasPrefix("-") { return "options follow the command: `migrate status \(first) …`" }
        if names.contains(first) { return nil }
        return Spelling.suggestion(for: first, among: names).map { "did you mean `migrate \($0)`?" }
    }
}
