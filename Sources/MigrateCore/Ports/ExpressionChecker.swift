/// Checks jq expressions without running them; the parser's way to jq, which lives at the rim.
public protocol ExpressionChecker: Sendable {
    /// Mistakes in `expressions`, each placed at its expression; empty when all compile.
    func check(_ expressions: [Expression]) -> [Diagnostic]

    /// Whether `text` matches the regular expression `pattern` as jq's `test` does; nil when `pattern` is none.
    func matches(_ text: String, pattern: String) -> Bool?
}
