import Foundation
import Subprocess
import SystemPackage

/// This very program, run again by itself as an operator would.
struct OwnBinary: Sendable {
    /// Options that all its commands get.
    let options: [String]
    /// Whole environment of it.
    let environment: [String: String]

    private var path: String { "/proc/self/exe" }

    /// Runs a command to its end, its output on ours, and gives back its exit status; nil when a signal ended it.
    ///
    /// Throws: `SubprocessError` when it cannot be started.
    func run(_ words: [String]) async throws -> Int32? {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: path)
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let record = try await Subprocess.run(
            .path(FilePath(own)),
            arguments: Arguments(words + options),
            environment: .custom(Dictionary(variables, uniquingKeysWith: { $1 })),
            input: .none,
            output: .currentStandardOutput,
            error: .currentStandardError
        )
        if case .exited(let status) = record.terminationStatus { return status }
        return nil
    }
}
