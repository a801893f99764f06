import Foundation
import Testing

/// The rehearsal that `make rehearse` runs: the lgtm runbook forward and back in the sandbox, with the built binary.
@Suite struct RehearsalTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test(.timeLimit(.minutes(10))) func theLgtmRunbookGoesForwardAndComesBack() async throws {
        let inherited = ProcessInfo.processInfo.environment
        let python = Self.root.appending(path: ".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            try #require(inherited["MIGRATE_STRICT"] != "1", "the sandbox's Python is not there; `make setup` makes it")
            try Test.cancel("the sandbox's Python is not there; `make setup` makes it")
        }
        let state = FileManager.default.temporaryDirectory.appending(path: "migrate-rehearsal-\(UUID().uuidString)")
        defer { do { try FileManager.default.removeItem(at: state) } catch { print("left behind: \(error)") } }
        let script = try RunningProgram(
            python,
            ["scripts/rehearse.py", "--migrate", try Binary.find().path, "--state", state.path],
            in: Self.root,
            environment: inherited.filter { !$0.key.hasPrefix("AWS_") }
        )
        let outcome = await script.outcome()
        #expect(outcome.status == 0, "\(outcome.output)\n\(outcome.talk)")
        #expect(outcome.output.contains("Every check held."))
    }
}
