import MigrateCore
import Network

/// The sandbox's own account of the world in it.
struct SandboxWorld: Sendable {
    /// Address of its control interface.
    let endpoint: String
    /// How it is reached.
    let http: any HTTPClient

    /// Declared attributes of everything that is there.
    ///
    /// Throws: `HTTPFailure`, `ValueSyntaxError`, `CommandFault.sandbox`.
    func declared() async throws -> Value {
        let answer = try await http.send(HTTPRequest(url: "\(endpoint)/sandbox/world"))
        guard answer.status == 200 else {
            throw CommandFault.sandbox(
                "the sandbox does not tell its world: status \(answer.status)",
                hint: "look at its log"
            )
        }
        return try Value(parsing: answer.body)
    }
}
