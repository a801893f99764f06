import MigrateCore
import Testing

@Suite struct DiagnosticTextTests {
    private func shown(_ line: String, column: Int, length: Int = 1) -> String {
        let place = SourceLocation(file: "f.yaml", line: 1, column: column)
        return Diagnostic("wrong", at: place, length: length).rendered(source: line)
    }

    @Test func theFormIsThatOfTheHouse() {
        let source = Array(repeating: "x", count: 13).joined(separator: "\n") + "\n        probe: ecr.repositry\n"
        let problem = Diagnostic(
            "unknown probe `ecr.repositry`",
            at: SourceLocation(file: "runbooks/lgtm-fargate/runbook.yaml", line: 14, column: 16),
            length: 13,
            hint: "did you mean `ecr.repository`?"
        )
        #expect(
            problem.rendered(source: source) == """
                error: unknown probe `ecr.repositry`
                  --> runbooks/lgtm-fargate/runbook.yaml:14:16
                   |
                14 |         probe: ecr.repositry
                   |                ^^^^^^^^^^^^^
                hint: did you mean `ecr.repository`?
                """
        )
    }

    @Test(arguments: [
        ("a: 한국 x", 7, 1, "a: 한국 x", "        ^"), ("a: 한국", 4, 2, "a: 한국", "   ^^^^"),
        ("\ta", 2, 1, "    a", "    ^"), ("a\t한b", 4, 1, "a    한b", "       ^"), ("e\u{301}x", 2, 1, "e\u{301}x", " ^"),
        ("🇰🇷👍x", 3, 1, "🇰🇷👍x", "    ^"), ("a\u{1B}[31mb", 7, 1, "a\u{FFFD}[31mb", "      ^"), ("ab", 3, 5, "ab", "  ^"),
        ("ab", 2, 9, "ab", " ^"),
    ])
    func theCaretStandsUnderItsCharacter(line: String, column: Int, length: Int, seen: String, caret: String) {
        #expect(
            shown(line, column: column, length: length)
                == "error: wrong\n  --> f.yaml:1:\(column)\n  |\n1 | \(seen)\n  | \(caret)"
        )
    }

    @Test func withoutTheTextOrThePlaceThereIsNoCaret() {
        let place = SourceLocation(file: "f.yaml", line: 9, column: 1)
        #expect(Diagnostic("wrong", at: place).rendered(source: nil) == "error: wrong\n  --> f.yaml:9:1")
        #expect(Diagnostic("wrong", at: place).rendered(source: "one line") == "error: wrong\n  --> f.yaml:9:1")
        #expect(Diagnostic("wrong", at: nil, hint: "h").rendered(source: "x") == "error: wrong\nhint: h")
    }
}
