/// Checks jq expressions without running them; the parser's way to jq, which lives at the rim.
public protocol ExpressionChecker: Sendable {
    /// Mistakes in `expressions`, each placed at its expression; empty when all compile.
    func check(_ expressions: [Expression]) -> [Diagnostic]
}
