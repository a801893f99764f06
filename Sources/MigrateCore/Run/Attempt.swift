/// One try at one change: which step, which way, which time.
public struct Attempt: Sendable, Hashable, Codable {
    /// Which way a change goes.
    public enum Direction: String, Sendable, Codable {
        /// As the runbook says.
        case forward
        /// Undoing the step.
        case back
        /// Bringing traffic home, after which the parts that moved it are undone.
        case home
    }
    /// Step.
    public var step: StepID
    /// Way.
    public var direction: Direction
    /// Count from 1, for each step and direction.
    public var number: Int

    /// Makes an attempt.
    public init(step: StepID, direction: Direction, number: Int) {
        self.step = step
        self.direction = direction
        self.number = number
    }
}

/// How far one try at a change has got.
///
/// Forward, back and home pass through the same stages.
public enum ChangeStage: Sendable, Hashable, Codable {
    /// Looking at the world; nothing is decided. Can transition to: performing, or the end when nothing is to be done.
    case preparing
    /// The intent is durable and its call is in flight, or died with the process of lease `epoch`.
    /// Can transition to: settling, reconciling, or the end when the service refused.
    /// `program` is the one that makes the change, once it is on record.
    case performing(Change, epoch: Int, program: ChildProgram? = nil)
    /// The outcome of a call made under lease `epoch` is unknown, and the world is being asked.
    /// Can transition to: settling, preparing, in doubt.
    case reconciling(Change, epoch: Int)
    /// The service said yes, and the world is catching up. Can transition to: the end.
    case settling(Change, receipt: Value, since: Timestamp)

    /// Change at work; nil while none is decided.
    public var change: Change? {
        switch self {
        case .preparing: nil
        case .performing(let change, _, _), .reconciling(let change, _), .settling(let change, _, _): change
        }
    }
    /// Epoch of the lease under which the call was made, while its outcome is not known; nil otherwise.
    public var epoch: Int? {
        switch self {
        case .performing(_, let epoch, _), .reconciling(_, let epoch): epoch
        case .preparing, .settling: nil
        }
    }
    /// Program that makes the change, which may be at work; nil when there is none.
    public var program: ChildProgram? {
        switch self {
        case .performing(_, _, let program): program
        case .preparing, .reconciling, .settling: nil
        }
    }
}
