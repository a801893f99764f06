/// What checking a phase's requirement found.
public struct GateFinding: Sendable, Hashable {
    /// Pending rollbacks that could not run now.
    public var unready: [StepReadiness]
    /// Executed steps that the world no longer agrees with, and how.
    public var drifted: [StepID: Problem]

    /// Makes a finding; without anything it says that all holds.
    public init(unready: [StepReadiness] = [], drifted: [StepID: Problem] = [:]) {
        self.unready = unready
        self.drifted = drifted
    }

    /// What does not hold, in one line; nil when all does.
    public var problem: String? {
        let lines =
            unready.map { "rollback of `\($0.step)` is \($0.readiness.summary)" }
            + drifted.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                "`\($0.key)` no longer holds: \($0.value.message)"
            }
        return lines.isEmpty ? nil : lines.joined(separator: Self.separator)
    }

    private static let separator = "; "

    /// The single problems of a `problem`.
    static func lines(of problem: String) -> Set<String> {
        Set(problem.split(separator: separator).map(String.init))
    }
}
