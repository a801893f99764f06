import MigrateCore

/// Evaluates jq expressions through libjq.
///
/// Expressions known from the start share one program, compiled when the first of them is needed; others, such as those
/// that hold a late value, are compiled when they come.
public actor JqEvaluator: ExpressionEvaluator {
    private let known: [String: Int]
    private let expressions: [String]
    private var shared: JqProgram?
    private var single: [String: JqProgram] = [:]
    /// Programs for late expressions that are kept, at some 300 kB each.
    private static let singleLimit = 32

    /// Makes an evaluator that expects `expressions`.
    public init(expecting expressions: [String] = []) {
        var known: [String: Int] = [:]
        var kept: [String] = []
        for expression in expressions where known[expression] == nil && JqBrackets.fault(in: expression) == nil {
            known[expression] = kept.count
            kept.append(expression)
        }
        self.known = known
        self.expressions = kept
    }

    /// The one result of `expression` over `input`; nil when it gives none.
    ///
    /// - Throws: `ExpressionFailure`.
    public func evaluate(_ expression: String, over input: Value) async throws -> Value? {
        if let index = known[expression] { return try sharedProgram().run(index, over: input) }
        return try program(for: expression).run(0, over: input)
    }

    private func sharedProgram() throws -> JqProgram {
        if let shared { return shared }
        let program = try JqProgram(JqSource(expressions))
        shared = program
        return program
    }

    private func program(for expression: String) throws -> JqProgram {
        if let program = single[expression] { return program }
        if let fault = JqBrackets.fault(in: expression) { throw ExpressionFailure.notCompiled(fault) }
        if single.count >= Self.singleLimit { single.removeAll() }
        let program = try JqProgram(JqSource([expression]))
        single[expression] = program
        return program
    }
}
