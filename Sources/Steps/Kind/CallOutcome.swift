import AWSClient
import MigrateCore
import Network

/// What an error of a mutating call says about the world: the one place that decides it.
///
/// Rule: only an error that proves that nothing was done is `notApplied`. Why: everything else may have been applied,
/// and repeating it would do it twice. What if you don't: two DNS changes, two task sets, two notices.
enum CallOutcome: Sendable, Equatable {
    /// Certainly nothing was done; `isTransient` tells whether another try may help.
    case notApplied(Problem, isTransient: Bool)
    /// It may have been done.
    case unknown(Problem)
    /// It may have been done in part, and the world does not show what.
    case unclear(Problem)

    /// Reads `error`.
    init(of error: any Error) {
        let problem = Problem(of: error)
        switch error {
        case is Refusal, is ParameterError, is ExpressionFailure: self = .notApplied(problem, isTransient: false)
        case let failure as AWSError:
            self = failure.mayHaveApplied ? .unknown(problem) : .notApplied(problem, isTransient: failure.isTransient)
        case is CredentialFault: self = .notApplied(problem, isTransient: false)
        case let failure as HTTPFailure:
            self = failure.mayHaveSent ? .unknown(problem) : .notApplied(problem, isTransient: failure.isTransient)
        case let failure as ProcessFailure:
            switch failure {
            case .notFound, .notStarted: self = .notApplied(problem, isTransient: false)
            case .timedOut: self = .unknown(problem)
            }
        case is ProgramNotRecorded: self = .notApplied(problem, isTransient: false)
        case is FileFailure: self = .notApplied(problem, isTransient: false)
        case let known as KnownOutcome: self = known.outcome
        default: self = .unknown(problem)
        }
    }

    /// As the runner is told.
    var performed: PerformOutcome {
        switch self {
        case .notApplied(let problem, let isTransient): .notApplied(problem, isTransient: isTransient)
        case .unknown(let problem): .unknown(problem)
        case .unclear(let problem): .unclear(problem)
        }
    }
}

/// Thrown by `move` where only the kind can read from the answer whether something was done.
struct KnownOutcome: Error, Sendable, Equatable {
    /// What it read.
    var outcome: CallOutcome

    init(_ outcome: CallOutcome) { self.outcome = outcome }
}

extension HTTPFailure {
    /// Whether another try may help.
    var isTransient: Bool {
        switch reason {
        case .unresolved, .refused, .timedOut, .connectionLost, .tls: true
        case .badURL, .certificate, .tooLarge, .other: false
        }
    }
}
