/// Records of a plan's steps, in its order, which remember those that were written to.
///
/// Why: what is shown of a run is kept beside its events, and only the lines of steps that changed are written anew.
public struct StepRecords: Sendable, RandomAccessCollection, MutableCollection {
    /// Why in pieces: effects at work hold the state that they began in, and a change then copies one piece and not
    /// all.
    private var pieces: [[StepRecord]]
    private let total: Int
    private static let pieceLength = 32
    private var isTouched: [Bool]
    private var touched: [Int] = []

    /// Makes the records of `count` steps that nothing happened to.
    init(count: Int) {
        total = count
        pieces = stride(from: 0, to: count, by: Self.pieceLength).map { start in
            Array(repeating: StepRecord(), count: Swift.min(Self.pieceLength, count - start))
        }
        isTouched = Array(repeating: false, count: count)
    }

    /// First place.
    public var startIndex: Int { 0 }
    /// Place after the last one.
    public var endIndex: Int { total }

    /// Record of the step at `index`; writing to it is remembered.
    public subscript(index: Int) -> StepRecord {
        get { pieces[index / Self.pieceLength][index % Self.pieceLength] }
        _modify {
            if !isTouched[index] {
                isTouched[index] = true
                touched.append(index)
            }
            yield &pieces[index / Self.pieceLength][index % Self.pieceLength]
        }
    }

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
