/// A share of a whole, from 0 to 100.
struct Percent: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Whole number from 0 to 100.
    let value: Int

    /// Makes a share; nil outside 0 to 100.
    init?(_ value: Int) {
        guard (0...100).contains(value) else { return nil }
        self.value = value
    }

    var description: String { "\(value) %" }

    static func < (one: Percent, other: Percent) -> Bool { one.value < other.value }
}
