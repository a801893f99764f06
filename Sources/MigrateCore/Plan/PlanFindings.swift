/// What planning gathers on its way, to be judged or checked together at the end.
struct PlanFindings {
    /// Mistakes found so far.
    var problems: [Diagnostic] = []
    /// jq expressions to be checked in one call.
    private(set) var expressions: [Expression] = []
    /// Names left for the run, to be held against what earlier steps make known.
    private(set) var lateNames: [LateName] = []

    private var seenExpressions: Set<Expression> = []
    private var seenTexts: Set<String> = []
    private var seenLateNames: Set<LateName> = []

    /// Notes a mistake at the place of `value`, or of `owner` when `value` comes from no file.
    mutating func add(_ message: String, at value: SourceValue, or owner: SourceLocation, hint: String? = nil) {
        let length = value.location == nil ? 1 : value.length
        problems.append(Diagnostic(message, at: value.location ?? owner, length: length, hint: hint))
    }

    /// Notes an expression; the same one from several items of a loop is checked once.
    mutating func add(_ expression: Expression) {
        guard seenExpressions.insert(expression).inserted else { return }
        seenTexts.insert(expression.text)
        expressions.append(expression)
    }

    /// Whether an expression with this text is noted already, whatever its place.
    func holdsExpression(_ text: String) -> Bool { seenTexts.contains(text) }

    /// Notes a name left for the run.
    mutating func add(_ name: LateName) {
        if seenLateNames.insert(name).inserted { lateNames.append(name) }
    }
}

/// A name that only the run knows, and who asks for it.
struct LateName: Hashable {
    /// Names between the dots.
    var path: [String]
    /// Where its `${` stands.
    var location: SourceLocation
    /// Index of the step that uses it, among all steps as written.
    var step: Int
    /// Whether the step's own facts are known by then: in `verify`, `watch` and `rollback`.
    var mayNameItself: Bool
}
