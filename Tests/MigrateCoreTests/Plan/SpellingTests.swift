import MigrateCore
import Testing

@Suite struct SpellingTests {
    @Test(
        arguments: [
            ("ecr.repositry", "ecr.repository"), ("htpt", "http"), ("hots", "host"), ("verfiy", "verify"),
            ("on_failre", "on_failure"),
            ("nonsense", nil), ("a", nil), ("", nil),
        ] as [(String, String?)]
    )
    func aSlipIsFoundAndOtherWordsAreNot(word: String, meant: String?) {
        let known = ["ecr.repository", "http", "host", "verify", "on_failure", "b"]
        #expect(Spelling.suggestion(for: word, among: known) == meant)
    }
}
