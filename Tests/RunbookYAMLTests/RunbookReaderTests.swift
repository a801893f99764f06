import MigrateCore
import RunbookYAML
import Testing

@Suite struct RunbookReaderTests {
    @Test func goodRunbookHasNothingToSay() {
        #expect(Fixtures.messages(Fixtures.good) == "")
    }

    @Test func goodRunbookIsPlannedStepByStep() throws {
        let plan = try Fixtures.plan(Fixtures.good)
        let table = plan.steps.map { "\($0.id) < \($0.needs.map(\.rawValue).joined(separator: " "))" }
        print(table.joined(separator: "\n"))
        print(plan.steps.map { try! ValueEncoder.encode($0).text }.joined(separator: "\n"))
    }
}
