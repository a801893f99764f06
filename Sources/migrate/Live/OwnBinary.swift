import Foundation
import Subprocess
import SystemPackage

/// This very program, run again by itself as an operator would.
struct OwnBinary: Sendable {
    /// Options that all its commands get.
    let options: [String]
    /// Whole environment of it.
    let environment: [String: String]

    /// Where the program lies that runs now.
    ///
    /// Throws: `CocoaError` when the system does not say.
    static func location() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    /// Runs a command to its end, its output on ours, and gives back its exit status; nil when a signal ended it.
    ///
    /// Throws: `SubprocessError` when it cannot be started; `CocoaError` when it cannot be found.
    func run(_ words: [String]) async throws -> Int32? {
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let record = try await Subprocess.run(
            .path(FilePath(try Self.location())),
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
