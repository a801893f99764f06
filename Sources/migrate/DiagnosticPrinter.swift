import Foundation
import MigrateCore

/// Shows mistakes with the lines they stand in.
enum DiagnosticPrinter {
    /// All of `problems`, an empty line between them.
    static func text(of problems: Diagnostics, in language: Language) -> String {
        var sources: [String: String] = [:]
        return problems.all.map { problem in
            guard let file = problem.location?.file else { return problem.rendered(source: nil, in: language) }
            if sources[file] == nil {
                sources[file] = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
            }
            return problem.rendered(source: sources[file], in: language)
        }.joined(separator: "\n\n")
    }
}
