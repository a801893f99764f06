/// Places of steps in a plan, in order.
///
/// Why bits: it is part of the state that every effect at work holds, and a change then copies little.
struct PlaceSet: Sendable {
    private var words: [UInt64]

    /// Makes an empty set of places below `count`.
    init(below count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    mutating func insert(_ place: Int) { words[place / 64] |= 1 << UInt64(place % 64) }

    mutating func remove(_ place: Int) { words[place / 64] &= ~(1 << UInt64(place % 64)) }

    /// First place at or after `start` and before `end`; nil when there is none.
    func first(from start: Int, before end: Int) -> Int? {
        guard start < end else { return nil }
        var index = start / 64
        var word = words[index] & (~0 << UInt64(start % 64))
        while word == 0 {
            index += 1
            guard index * 64 < end else { return nil }
            word = words[index]
        }
        let place = index * 64 + word.trailingZeroBitCount
        return place < end ? place : nil
    }
}
