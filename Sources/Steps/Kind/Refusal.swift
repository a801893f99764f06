import MigrateCore

/// The world, or the parameters, forbid a step; another try cannot change that.
///
/// Thrown by `observe` and `wanted` it refuses the step before anything is done; thrown by `move` it says that the call
/// was not made.
struct Refusal: Error, Sendable, Equatable {
    /// Why.
    var problem: Problem

    init(_ message: String, hint: String? = nil) {
        problem = Problem(message, hint: hint)
    }
}

/// A parameter does not fit.
struct ParameterError: Error, Sendable, Equatable {
    /// Name of the parameter.
    var parameter: String
    /// What is wrong with it, to follow the name: `must be a duration such as 5m, not 7`.
    var message: String

    init(_ parameter: String, _ message: String) {
        self.parameter = parameter
        self.message = message
    }

    /// In words for the operator.
    var problem: Problem { Problem("parameter `\(parameter)` \(message)") }
}

/// A capture expression gave nothing usable.
struct CaptureFailure: Error, Sendable {
    /// Which, and why.
    var problem: Problem
}
