import Foundation
import Glibc
import Testing

/// What users of other tools ask for: a lock that does not outlive its holder.
@Suite("Wishes: locks", .timeLimit(.minutes(5))) struct LockWishes {
    @Test("liquibase#1311: a run that SIGTERM ends lets go of its lock")
    func aRunThatIsToldToEndLetsGoOfItsLock() async throws {
        let work = try await AtWork(Runbooks.gated)
        #expect(try await Self.holder(in: work.workplace) != nil)
        work.run.signal(SIGTERM)
        #expect(await work.run.says("stopping"))
        try await work.letGoOn()
        #expect(await work.run.outcome().status == 3)
        #expect(try await Self.holder(in: work.workplace) == nil)
        #expect(try await work.workplace.migrate("run").status == 0)
        #expect(try work.made == "made\n")
    }

    @Test("liquibase#1453: the lock of a killed process is taken over without a person")
    func theLockOfAKilledProcessIsTakenOver() async throws {
        let work = try await AtWork(Runbooks.gated)
        #expect(try await work.workplace.migrate("run").status == 75, "a lock that is held was taken")
        work.run.signal(SIGKILL)
        #expect(await work.run.outcome().status == 128 + SIGKILL)
        try await work.letGoOn()
        #expect(try await Self.holder(in: work.workplace) != nil, "there is no lock to be taken over")
        #expect(try await work.workplace.migrate("run").status == 0)
        #expect(try work.made == "made\n")
    }

    /// Number of the process that the journal says holds the run; nil when none does.
    private static func holder(in workplace: Workplace) async throws -> Int? {
        let outcome = try await workplace.migrate("status", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return (object?["holder"] as? [String: Any])?["process"] as? Int
    }
}
