import Testing

@testable import MigrateCore

@Suite struct TokenTests {
    /// What this release would send again after a crash of the one before it.
    @Test func aTokenIsTheSameInEveryRelease() {
        let plan = Plan(runbook: "r", environment: "e", title: LocalizedText("R"), phases: [], steps: [])
        let header = RunHeader(
            number: 3,
            plan: plan,
            digest: "d1",
            source: "",
            initiator: "ann",
            startedAt: Timestamp(milliseconds: 1000),
            toolVersion: "1.0.0"
        )
        let token = RunState(header: header).token(of: StepID("a/b"), direction: .back, attempt: 2)
        #expect(token == "05d15d6e7c3e260d5f1c0f559e2dad0a")
    }
}
