/// A moment of a run that people may want to hear of.
///
/// Two that are equal are the same moment, whichever process came upon it; so none is told twice.
public struct RunMoment: Sendable, Hashable, Codable {
    /// What came about, as `on` of a notice names it.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// All steps of a phase are over and good.
        case phaseDone = "phase_done"
        /// A person is asked: for an approval, or to do a manual step.
        case waiting
        /// Nothing new is started before a person acts.
        case paused
        /// Traffic is home again.
        case backedOut = "backed_out"
        /// What was asked to be undone is undone.
        case rolledBack = "rolled_back"
        /// What was asked for is done.
        case done
    }

    /// What came about.
    public var kind: Kind
    /// Phase that it is about.
    public var phase: PhaseID?
    /// Step that it is about.
    public var step: StepID?
    /// Why the run is paused, in one word.
    public var reason: String?
    /// Number of the last event until then by which anything changed.
    ///
    /// Why not of the event that brought it about: a session that pauses, or is done, where the last one was already,
    /// without anything having changed, has nothing new to tell.
    public var place: Int

    /// Makes a moment.
    public init(
        _ kind: Kind,
        phase: PhaseID? = nil,
        step: StepID? = nil,
        reason: String? = nil,
        place: Int
    ) {
        self.kind = kind
        self.phase = phase
        self.step = step
        self.reason = reason
        self.place = place
    }
}
