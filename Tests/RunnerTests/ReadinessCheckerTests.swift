import MigrateCore
import Synchronization
import Testing

@testable import Runner

/// What `rollback --check` finds.
@Suite struct ReadinessCheckerTests {
    @Test func aStepInDoubtIsNotReadyWhateverTheWorldShows() async throws {
        let bench = Bench([.make("notice", effect: .nonIdempotent)])
        bench.cloud.state.withLock { $0.manners = ["notice": .answerLost] }
        let state = try await bench.run()
        let findings = await ReadinessChecker(executor: bench.cloud).check(state)
        let finding = try #require(findings.first)
        guard case .inDoubt(let words) = finding.readiness else {
            Issue.record("\(finding.readiness)")
            return
        }
        #expect(words.contains("`migrate resolve`"))
        #expect(finding.blocks)
    }

    @Test func whatWasMadeIsReady() async throws {
        let bench = Bench([.make("a")])
        let findings = await ReadinessChecker(executor: bench.cloud).check(try await bench.run())
        #expect(findings.map(\.blocks) == [false])
    }
}
