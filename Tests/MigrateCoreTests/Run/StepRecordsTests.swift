import Testing

@testable import MigrateCore

@Suite struct StepRecordsTests {
    @Test func lookingForWorkBeginsAtTheFirstPendingStepOfThePhase() {
        var records = StepRecords(phases: [0..<3, 3..<5])
        #expect(records.pending(in: 0..<3) == 0..<3)
        records[1].state = .succeeded
        #expect(records.pending(in: 0..<3) == 0..<3)
        records[0].state = .probing(attempt: 1)
        #expect(records.pending(in: 0..<3) == 2..<3)
        records[2].state = .skipped(reason: "not here")
        #expect(records.pending(in: 0..<3) == 3..<3)
        #expect(records.pending(in: 3..<5) == 3..<5)
        records[1].state = .pending
        #expect(records.pending(in: 0..<3) == 1..<3)
    }
}
