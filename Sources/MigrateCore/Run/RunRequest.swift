/// What another process asks of the one that holds the lease.
public struct RunRequest: Sendable, Hashable, Codable {
    /// What is asked.
    public enum Act: Sendable, Hashable, Codable {
        /// Say yes to the approval of this name, and to what has this digest.
        case approve(String, comment: String?, digest: String?, principal: String?)
        /// Say no to it.
        case reject(String, comment: String?)
        /// Take back one's own yes.
        case revoke(String)
        /// Stop starting steps, and pause.
        case pause
        /// Go on after a pause.
        case resume
        /// Give the run up for good; what it owns can still be undone.
        case cancel(reason: String)
        /// Let a phase go on although its requirement does not hold.
        case accept(PhaseID, reason: String)
        /// Bring traffic home.
        case backOut(reason: String? = nil)
        /// Leave a step out.
        case skip(StepID, reason: String)
        /// Try a failed step again.
        case retry(StepID)
        /// Leave a step as it is when undoing.
        case keepAsIs(StepID, reason: String)
        /// Say whether a change in doubt happened.
        case resolve(StepID, applied: Bool, reason: String)
        /// Say that a manual step is done.
        case done(StepID, comment: String?)
    }
    /// Why bringing traffic home is refused when it is there.
    public static let trafficIsHome = "traffic is at home"

    /// Number in the table of requests, from 1.
    public var id: Int
    /// What.
    public var act: Act
    /// Who.
    public var by: String
    /// When.
    public var at: Timestamp

    /// Makes a request.
    public init(id: Int, act: Act, by: String, at: Timestamp) {
        self.id = id
        self.act = act
        self.by = by
        self.at = at
    }
}
