/// Records of a plan's steps, in its order, which remember those that were written to.
///
/// Why: what is shown of a run is kept beside its events, and only the lines of steps that changed are written anew.
public struct StepRecords: Sendable, RandomAccessCollection, MutableCollection {
    private var all: [StepRecord]
    private var isTouched: [Bool]
    private var touched: [Int] = []

    /// Makes the records of `count` steps that nothing happened to.
    init(count: Int) {
        all = Array(repeating: StepRecord(), count: count)
        isTouched = Array(repeating: false, count: count)
    }

    /// First place.
    public var startIndex: Int { 0 }
    /// Place after the last one.
    public var endIndex: Int { all.count }

    /// Record of the step at `index`; writing to it is remembered.
    public subscript(index: Int) -> StepRecord {
        get { all[index] }
        _modify {
            if !isTouched[index] {
                isTouched[index] = true
                touched.append(index)
            }
            yield &all[index]
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
    public static func == (one: StepRecords, other: StepRecords) -> Bool { one.all == other.all }
}
