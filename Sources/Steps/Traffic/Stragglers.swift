import MigrateCore

/// Counts who still asks the side that a return took the traffic from, for a while and until nobody does.
///
/// Rule: it never holds a return up for good. Why: traffic is home once the name servers say so, and one client that
/// keeps an answer for ever must not make it look otherwise.
struct Stragglers: Sendable {
    private let side: RequestEvidence
    private let window: Duration
    private let quiet: Int
    private let limit: Duration

    /// Reads `value`, given as `parameter`; nil when nobody is counted.
    ///
    /// Throws: when it cannot be read.
    init?(_ value: Value, of parameter: String) throws(ParameterError) {
        guard !value.isNull else { return nil }
        side = try RequestEvidence(value["side"], of: parameter)
        guard let window = Duration(text: value["window"].interpolated),
            let limit = Duration(text: value["drain"].interpolated), let quiet = Int(value["quiet"].interpolated)
        else { throw ParameterError(parameter, "must hold `side`, `window`, `quiet` and `drain`, not `\(value.text)`") }
        self.window = window
        self.quiet = quiet
        self.limit = limit
    }

    /// How it follows a return, behind what is said of that.
    var words: String { "; who stays behind is counted until nobody does, \(limit.shortText) at most" }

    /// What a count found.
    struct Finding: Sendable {
        /// What is waited for; nil when nobody is left, or has been waited for long enough.
        var waiting: String?
        /// Requests; null when they could not be counted.
        var requests: Value
    }

    /// Counts once; `begun` is when the way home began, nil when nobody knows.
    func left(on name: String, since begun: Timestamp?, _ world: World) async -> Finding {
        let start = world.now()
        let subject = "requests that still reach \(name)"
        do {
            let found = try await side.count(over: window, world)
            world.record(subject, found.words, since: start)
            let requests = Value.integer(Int64(found.requests))
            guard found.requests > quiet, let begun, (start - begun) * world.timeScale < limit else {
                return Finding(requests: requests)
            }
            return Finding(waiting: "still \(found.words) at \(name)", requests: requests)
        } catch {
            // Why no failure: who is left cannot be seen, and traffic is home all the same.
            world.record(subject, "not counted: \(Problem(of: error).message)", since: start)
            return Finding(requests: .null)
        }
    }
}
