import Foundation
import Testing

/// What users of other tools ask for: checks that hold a run up, and a way back from one that failed.
@Suite("Wishes: checks and ways back", .timeLimit(.minutes(5))) struct BackWishes {
    @Test("terraform#33174: a check that fails holds up what follows, and the exit status says so")
    func aCheckThatFailsHoldsUpWhatFollows() async throws {
        let workplace = try Workplace(runbook: Runbooks.failing)
        #expect(try await workplace.migrate("run").status == 3)
        #expect(!workplace.has("runbooks/small/made"), "a step went on over a failed check")
        try workplace.write("", to: "runbooks/small/mended")
        #expect(try await workplace.migrate("run").status == 0)
        #expect(try await workplace.migrate("verify").status == 0)
        try FileManager.default.removeItem(at: workplace.folder.appending(path: "runbooks/small/mended"))
        #expect(try await workplace.migrate("verify").status == 4)
    }

    /// Two projects side by side, each of which keeps what it overwrites; the second fails.
    private static let projects = """
        migrate: 1
        runbook: small
        title: Two projects
        phases:
          - id: phase-1
            title: Both at once
            steps:
              - id: one
                title: One
                do: exec
                needs: []
                with: {command: [sh, -c, "cp one one.kept && echo new > one"], undo: [mv, one.kept, one]}
              - id: two
                title: Two
                do: exec
                needs: []
                with: {command: ["false"], undo: [], clean_failure: true}
        """

    @Test("atlantis#734: when one project succeeded and another failed, both are rolled back")
    func whenOneProjectFailedBothAreRolledBack() async throws {
        let workplace = try Workplace(runbook: Self.projects)
        try workplace.write("old\n", to: "runbooks/small/one")
        #expect(try await workplace.migrate("run").status == 3)
        #expect(try workplace.text(of: "runbooks/small/one") == "new\n")
        // Why: the way back is in the journal; what the file says by then is of no account.
        try workplace.write("migrate: 1\nrunbook: small\n", to: "runbooks/small/runbook.yaml")
        #expect(try await workplace.migrate("rollback", "--all", "--yes").status == 0)
        #expect(try workplace.text(of: "runbooks/small/one") == "old\n")
        #expect(!workplace.has("runbooks/small/one.kept"))
        #expect(try await workplace.status() == "rolled_back")
    }
}
