import MigrateCore
import RunbookYAML
import Testing

@Suite struct EnvironmentDraftTests {
    private static let runbook = """
        migrate: 1
        runbook: small
        title: Small
        variables:
          account: {required: true, pattern: "^[0-9]{12}$", about: {en: The account, ko: 계정}}
          zones: {required: true, about: Where it runs}
          host: {required: true}
          tag: {default: v1, about: Tag of the image}
        phases:
          - id: phase-1
            title: One
            steps:
              - {id: look, title: A look, probe: exec, with: {command: ["true"]}}
        """

    private func draft(_ values: String, examples: String = "") throws -> EnvironmentDraft {
        EnvironmentDraft(
            runbook: try RunbookReader.read(text: Self.runbook, file: "runbook.yaml"),
            values: try EnvironmentReader.read(text: values, file: "values.yaml"),
            examples: try EnvironmentReader.read(text: examples, file: "example.yaml")
        )
    }

    @Test func whatNobodyGaveIsAComment() throws {
        let draft = try draft("zones: [a, b]", examples: "account: \"123456789012\"\nhost: example.com")
        #expect(draft.missing.map(\.name) == ["account", "host"])
        #expect(
            draft.text(language: "en") == """
                # Still to be given: what is a comment below. `migrate validate` names it too.

                # The account
                # account: "123456789012"

                # Where it runs
                zones: ["a","b"]

                # host: "example.com"

                """
        )
    }

    @Test func whatIsGivenIsReadBackAsItWas() throws {
        let given = "account: 123456789012\nzones: [\"a: b\", \"#c\", 'é\"']\nhost: \"no\"\ntag: \"${host}-1\""
        let draft = try draft(given)
        let back = try EnvironmentReader.read(text: draft.text(language: "ko"), file: "prod.yaml").mapValues(\.value)
        #expect(draft.missing.isEmpty)
        #expect(
            back == [
                "account": .string("123456789012"), "zones": .array(["a: b", "#c", "é\""]), "host": .string("no"),
                "tag": .string("${host}-1"),
            ]
        )
    }

    @Test func aboutIsInTheLanguageAskedFor() throws {
        #expect(try draft("").text(language: "ko").contains("# 계정\n"))
    }

    @Test func mistakesOfWhatIsGivenAreToldWithoutWhatIsMissing() throws {
        let runbook = try RunbookReader.read(text: Self.runbook, file: "runbook.yaml")
        func mistakes(_ text: String) throws -> [String] {
            Planner.problems(
                in: try EnvironmentReader.read(text: text, file: "values.yaml"),
                of: runbook,
                expressions: Patterns()
            ).map(\.message)
        }
        #expect(try mistakes("") == [])
        #expect(try mistakes("host: example.com") == [])
        #expect(try mistakes("hots: example.com") == ["`hots` is no variable of this runbook"])
        #expect(try mistakes("account: 12") == ["variable `account` is `12`, which does not match `^[0-9]{12}$`"])
        #expect(try mistakes("tag: [a]") == ["variable `tag` must be a text, as its default is, not a list"])
    }

    /// Knows the one pattern of the runbook above.
    private struct Patterns: ExpressionChecker {
        func check(_ expressions: [Expression]) -> [Diagnostic] { [] }
        func matches(_ text: String, pattern: String) -> Bool? { text.count == 12 }
    }
}
