import AWSClient
import MigrateCore

/// Logs in where nobody else looks, pushes, and logs out.
///
/// The password goes by standard input into a file of its own: arguments are seen by every user of the machine, and
/// the operator's own logins are not touched.
struct ImagePusher: Sendable {
    let tool: ContainerTool
    let registry: Registry
    let timeout: Duration
    /// Token of the change.
    let token: String

    /// Pushes `reference`.
    ///
    /// Throws: `KnownOutcome` when the login failed; `Problem` when the push did, of which a part may have arrived.
    func push(_ reference: ImageReference, _ world: World) async throws {
        let directory = world.environment["TMPDIR"] ?? "/tmp"
        // Why by the token: whoever waits for a push that an earlier process started must find its login, to end it.
        let place = "\(directory)/migrate-login-\(token)"
        if let login = registry.login, !world.isProgramStarted {
            let words = command("login", place) + ["--username", login.user, "--password-stdin", registry.host]
            let result = try await tool.run(words, input: Array(login.password.exposed.utf8), world)
            guard result.isSuccess else {
                let problem = Problem("login to `\(registry.host)`: \(result.shortText)")
                throw KnownOutcome(.notApplied(problem, isTransient: false))
            }
        }
        let result: ProcessResult
        do {
            result = try await tool.change(command("push", place) + [reference.text], timeout: timeout, world)
        } catch {
            // Why not when we are called away: the push goes on without us, and needs its login.
            if !(error is CancellationError) { try await logOut(place, world) }
            throw error
        }
        try await logOut(place, world)
        guard result.isSuccess else { throw Problem("pushing `\(reference.text)`: \(result.shortText)") }
    }

    private func logOut(_ place: String, _ world: World) async throws {
        guard registry.login != nil else { return }
        // A logout that fails leaves a password that ends within hours; the record says so, the push still counts.
        _ = try await tool.run(command("logout", place, takesTLS: false) + [registry.host], world)
    }

    private func command(_ verb: String, _ place: String, takesTLS: Bool = true) -> [String] {
        switch tool.program {
        case .docker: ["--config", place, verb]
        case .podman, .buildah:
            [verb] + (registry.login == nil ? [] : ["--authfile", "\(place).json"])
                + (registry.isPlain && takesTLS ? ["--tls-verify=false"] : [])
        }
    }
}
