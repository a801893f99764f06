/// What a batch of events changes of how a run stands; kept beside them, so that no reader need replay.
public struct Standing: Sendable, Hashable {
    /// The run after the batch, without its phases and without a holder.
    public var run: RunSnapshot
    /// Whether the run is to be shown otherwise than before the batch, but for the number and the time of its last event.
    public var isRunChanged: Bool
    /// Steps that the batch touched, by place in the plan.
    public var steps: [Int: StepSnapshot]

    /// Makes a standing.
    public init(run: RunSnapshot, isRunChanged: Bool, steps: [Int: StepSnapshot]) {
        self.run = run
        self.isRunChanged = isRunChanged
        self.steps = steps
    }
}

extension RunState {
    /// How the run stands now, with the steps touched since this was last asked; the run counts as changed.
    ///
    /// Of a run that was just replayed that is every step that anything happened to: so the first batch of a session
    /// sets right whatever was kept wrong.
    public mutating func takeStanding() -> Standing {
        let touched = records.takeTouched()
        return Standing(
            run: RunSnapshot(lineOf: self),
            isRunChanged: true,
            steps: Dictionary(uniqueKeysWithValues: touched.map { ($0, StepSnapshot(index: $0, of: self)) })
        )
    }
}
