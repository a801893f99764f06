/// Records of a plan's steps, in its order, which remember those that were written to.
///
/// Why: what is shown of a run is kept beside its events, and only the lines of steps that changed are written anew.
public struct StepRecords: Sendable, RandomAccessCollection, MutableCollection {
    /// What a record means to the steps around it.
    enum Standing: UInt8, Sendable {
        case pending
        case passed
        /// Passed, without having been done.
        case skipped
        case rolledBack
        /// At work, failed, or put aside.
        case other
    }

    /// Why in pieces: effects at work hold the state that they began in, and a change then copies one piece and not
    /// all.
    private var pieces: [[StepRecord]]
    private let total: Int
    private static let pieceLength = 32
    private var isTouched: [Bool]
    private var touched: [Int] = []
    /// Why beside the records: the rules ask for these of every step after every event.
    private var standings: [Standing]
    /// Place of the first step of each step's phase.
    private let phaseOf: [Int]
    /// Steps of a phase that are not passed, by the place of its first.
    private var unpassed: [Int: Int] = [:]
    /// Pending steps that may be able to start: of what they wait for, something came to its end, or there is nothing;
    /// and those that are begun anew.
    private var candidates: PlaceSet
    private let needs: PlanIndex.Needs
    private var rolledBack = 0

    /// Makes the records of the steps of `plan` before anything happened to them.
    init(_ plan: PlanIndex) {
        let phases = plan.ranges
        total = phases.last?.upperBound ?? 0
        pieces = stride(from: 0, to: total, by: Self.pieceLength).map { [total] start in
            Array(repeating: StepRecord(), count: Swift.min(Self.pieceLength, total - start))
        }
        isTouched = Array(repeating: false, count: total)
        standings = Array(repeating: .pending, count: total)
        phaseOf = phases.flatMap { Array(repeating: $0.lowerBound, count: $0.count) }
        for phase in phases {
            unpassed[phase.lowerBound] = phase.count
        }
        needs = plan.needs
        candidates = PlaceSet(below: total)
        for index in 0..<total where needs.all(of: index, where: { _ in false }) { candidates.insert(index) }
    }

    /// First place.
    public var startIndex: Int { 0 }
    /// Place after the last one.
    public var endIndex: Int { total }

    /// Record of the step at `index`; writing to it is remembered.
    public subscript(index: Int) -> StepRecord {
        // Why not `_read`: comparing a state that is only lent crashes with the compiler of Swift 6.3.
        get { pieces[index / Self.pieceLength][index % Self.pieceLength] }
        _modify {
            if !isTouched[index] {
                isTouched[index] = true
                touched.append(index)
            }
            yield &pieces[index / Self.pieceLength][index % Self.pieceLength]
            note(Standing(of: pieces[index / Self.pieceLength][index % Self.pieceLength].state), at: index)
        }
    }

    private mutating func note(_ standing: Standing, at index: Int) {
        let before = standings[index]
        guard before != standing else { return }
        standings[index] = standing
        let phase = phaseOf[index]
        unpassed[phase, default: 0] += (before.isPassed ? 1 : 0) - (standing.isPassed ? 1 : 0)
        rolledBack += (standing == .rolledBack ? 1 : 0) - (before == .rolledBack ? 1 : 0)
        if standing == .pending { candidates.insert(index) } else { candidates.remove(index) }
        guard standing.isPassed else { return }
        for dependent in needs.dependents(of: index) where standings[dependent] == .pending {
            candidates.insert(dependent)
        }
    }

    /// First pending step at or after `start` and before `end` that may be able to start; nil when there is none.
    ///
    /// Every step of which all that it waits for is over is among them; of others, some are.
    func firstCandidate(from start: Int, before end: Int) -> Int? { candidates.first(from: start, before: end) }

    /// What the record at `index` means to the steps around it.
    func standing(at index: Int) -> Standing { standings[index] }

    /// Whether every step of the phase at `places` is passed.
    func isPassed(_ places: Range<Int>) -> Bool { unpassed[places.lowerBound] == 0 }

    /// Whether a step was undone and not begun anew.
    var hasRolledBack: Bool { rolledBack > 0 }

    /// Places written to since this was last called, in no order.
    mutating func takeTouched() -> [Int] {
        for index in touched { isTouched[index] = false }
        defer { touched.removeAll(keepingCapacity: true) }
        return touched
    }
}

extension StepRecords: Equatable {
    /// Equal when the records are, whichever of them were written to.
    public static func == (one: StepRecords, other: StepRecords) -> Bool { one.pieces == other.pieces }
}

extension StepRecords.Standing {
    init(of state: StepState) {
        switch state {
        case .pending: self = .pending
        case .skipped: self = .skipped
        case .rolledBack: self = .rolledBack
        default: self = state.isPassed ? .passed : .other
        }
    }

    /// Whether steps that need this one may start.
    var isPassed: Bool { self == .passed || self == .skipped }
}
