import MigrateCore
import RunbookYAML
import Testing

@Suite struct RunbookReaderTests {
    @Test func goodRunbookHasNothingToSay() {
        #expect(Fixtures.messages(Fixtures.good) == "")
    }
}
