/// What asking the probes of an executed step again led to.
public struct StepVerification: Sendable, Hashable {
    /// Step.
    public var step: StepID
    /// Judgement.
    public var verdict: Verdict
    /// Makes a finding.
    public init(step: StepID, verdict: Verdict) {
        self.step = step
        self.verdict = verdict
    }
}
