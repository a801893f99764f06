import MigrateCore

/// A kind that looks at the world and judges; changes nothing.
protocol ProbeKind: StepKind {
    /// Reads its parameters, all values filled in.
    ///
    /// Throws: `ParameterError` naming the parameter that does not fit.
    init(_ parameters: Parameters) throws

    /// Asks once; repeating and waiting belong to the runner.
    ///
    /// Throws: whatever the tools throw; the executor turns it into `.error`.
    func ask(_ world: World) async throws -> Observation
}

/// What one asking of a probe found.
struct Observation: Sendable {
    /// Judgement.
    var verdict: Verdict
    /// What was found, by the names that the declaration lists, and more for `expect` and `capture` to look at.
    var facts: [String: Value]
    /// What was seen beyond what the tools recorded by themselves.
    var evidence: [Evidence]
    /// Whether the answer stands whatever is tried next.
    var isFinal: Bool

    init(_ verdict: Verdict, facts: [String: Value] = [:], evidence: [Evidence] = [], isFinal: Bool = false) {
        self.verdict = verdict
        self.facts = facts
        self.evidence = evidence
        self.isFinal = isFinal
    }
}
