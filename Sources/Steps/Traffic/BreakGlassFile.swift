import MigrateCore

/// A file that brings traffic home with this tool and its journal gone: a shell script of `aws` commands.
struct BreakGlassFile: Sendable, Equatable {
    /// Name without directory.
    let name: String
    /// Text.
    let content: String

    /// Makes the file for `change` of `step`.
    ///
    /// - Parameters:
    ///   - traffic: what is brought home.
    ///   - change: the change that the file is written before.
    ///   - step: its step.
    ///   - caution: what whoever runs it must know.
    ///   - attempts: commands, tried in order until one succeeds, each with when it applies; empty when always.
    init(
        traffic: String,
        change: Change,
        step: StepID,
        caution: String,
        attempts: [(condition: String, command: String)]
    ) {
        name = "\(Self.fileName(step)).sh"
        var lines = [
            "#!/bin/sh",
            "# Brings the traffic of \(traffic) home: all of it to the side that had it before the shift.",
            "# Written before step \(step): \(change.summary)",
            "# Needs the AWS CLI and credentials that may make the change; needs neither migrate nor its journal.",
            "# \(caution)",
            "",
        ]
        for (index, attempt) in attempts.enumerated() {
            if !attempt.condition.isEmpty { lines.append("# \(attempt.condition):") }
            lines.append(index < attempts.count - 1 ? attempt.command + " && exit 0" : attempt.command)
            lines.append("")
        }
        content = lines.joined(separator: "\n")
    }

    /// `text` as one word of a shell.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    private static func fileName(_ step: StepID) -> String {
        String(step.rawValue.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" })
    }
}
