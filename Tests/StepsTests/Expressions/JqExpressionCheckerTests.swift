import MigrateCore
import Testing

@testable import Steps

@Suite struct JqExpressionCheckerTests {
    private func found(_ texts: [String]) -> [Int: String] {
        let expressions = texts.enumerated().map { index, text in
            Expression(text, at: SourceLocation(file: "runbook.yaml", line: index, column: 1))
        }
        return JqExpressionChecker().check(expressions).reduce(into: [:]) { found, diagnostic in
            found[diagnostic.location?.line ?? -1] = diagnostic.message
        }
    }

    @Test func goodExpressionsPass() {
        #expect(
            found([
                ".status == 200 and .json.database == \"ok\"", ".a # comment", "\"a\\(.b | {c: [1]})d\" | length",
                "def f: 1; f", "if . then 1 else 2 end",
            ]).isEmpty
        )
    }

    @Test func eachMistakeIsPlacedAtItsOwnExpression() {
        let texts = [".a", ".a ==", ".b", ".a | nosuch(1)", "$foo", ".c"]
        let mistakes = found(texts)
        #expect(mistakes.keys.sorted() == [1, 3, 4])
        #expect(mistakes[3] == "`.a | nosuch(1)` is not a jq expression: nosuch/1 is not defined")
    }

    @Test(arguments: [
        (".a) | (.b", "`)` closes nothing"), ("(.a", "`)` is missing"), ("[.a)", "`)` closes nothing"),
        ("\"abc", "a string is never closed"), ("\"\\(.a\"", "a string is never closed"), ("", "it is empty"),
        ("# nothing", "it is empty"), ("{a: 1", "`}` is missing"),
    ]) func bracketsMustPairUp(text: String, fault: String) {
        #expect(found([text, ".ok"]) == [0: "`\(text)` is not a jq expression: \(fault)"])
    }

    @Test func patternsMatchAsJqDoes() {
        let checker = JqExpressionChecker()
        #expect(checker.matches("vpc-0a1", pattern: "^vpc-[0-9a-f]+$") == true)
        #expect(checker.matches("vpc-xyz", pattern: "^vpc-[0-9a-f]+$") == false)
        #expect(checker.matches("x", pattern: "(") == nil)
    }
}
