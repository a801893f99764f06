import MigrateCore

/// Evaluates jq expressions; the live one is `JqEvaluator`.
public protocol ExpressionEvaluator: Sendable {
    /// The one result of `expression` over `input`; nil when it gives none (`empty`).
    ///
    /// - Throws: `ExpressionFailure`.
    func evaluate(_ expression: String, over input: Value) async throws -> Value?
}

/// Why an expression gave no result.
public enum ExpressionFailure: Error, Sendable, Equatable {
    /// It is not jq; what jq said.
    case notCompiled(String)
    /// It ended with this error.
    case raised(String)
    /// It did not end in time.
    case timedOut
    /// It gave more than one result.
    case severalResults
    /// What it was given, or gave, is larger than allowed; bytes.
    case tooLarge(limit: Int)
}

extension ExpressionEvaluator {
    /// Whether condition `expression` holds over `input`.
    ///
    /// `true` passes and `false` fails; `null` and no result are no data, hence inconclusive; anything else is an
    /// error, because a number or text in a condition is a slip of the pen.
    func judge(_ expression: String, over input: Value, seen: String) async -> Verdict {
        do {
            switch try await evaluate(expression, over: input) {
            case .bool(true): return .pass(seen)
            case .bool(false): return .fail("\(seen): `\(expression)` does not hold")
            case .null, nil: return .inconclusive("\(seen): `\(expression)` found nothing to judge")
            case .some(let other):
                return .error(
                    Problem(
                        "condition `\(expression)` gave a \(other.typeName), not true or false",
                        hint: "compare it with something, for example `… == 200`"
                    )
                )
            }
        } catch {
            return .error(Problem(of: error))
        }
    }
}
