import ArgumentParser
import MigrateCore

/// Bad usage in our own form: what is wrong, then what to do.
enum UsageWords {
    /// What to say about `message`, as the parser of arguments has it, given all `arguments` of the process.
    static func text(of message: String, arguments: [String], in language: Language) -> String {
        let hint = language.says("hint: ", ko: "힌트: ")
        var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let first = lines.first, let colon = first.firstRange(of: "Error: ") {
            let words = first[colon.upperBound...].replacing("'", with: "`")
            lines[0] =
                language.says("error: ", ko: "오류: ") + "\(words.prefix(1).lowercased())\(words.dropFirst())"
        }
        if let last = lines.last, let place = last.firstMatch(of: /See '(.+)' for more information/) {
            let list = language.says("`\(place.output.1)` lists what there is", ko: "전체 목록은 `\(place.output.1)`")
            lines[lines.count - 1] = hint + list
        }
        if let better = suggestion(for: arguments, in: language) { lines[lines.count - 1] = hint + better }
        return lines.filter { !$0.hasPrefix("Usage:") }.joined(separator: "\n")
    }

    /// What was probably meant, where the first word shows it.
    private static func suggestion(for arguments: [String], in language: Language) -> String? {
        guard let first = arguments.dropFirst().first else { return nil }
        let names = Migrate.configuration.subcommands.compactMap { $0.configuration.commandName }
        if first.hasPrefix("-") {
            return language.says(
                "options follow the command: `migrate status \(first) …`",
                ko: "옵션은 명령 뒤에 씀: `migrate status \(first) …`"
            )
        }
        if names.contains(first) { return nil }
        return Spelling.suggestion(for: first, among: names).map {
            language.says("did you mean `migrate \($0)`?", ko: "혹시 `migrate \($0)`?")
        }
    }
}
