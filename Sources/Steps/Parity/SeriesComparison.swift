/// What two sides answered, held against each other.
struct SeriesComparison: Sendable {
    /// How far the new side may be from the old one, as a share of the old.
    var tolerance: Double
    /// How many series both sides have.
    private(set) var compared = 0
    /// What differs, in words.
    private(set) var differences: [String] = []

    init(tolerance: Double) { self.tolerance = tolerance }

    /// Compares the series of one query, by their labels.
    mutating func compare(_ old: [String: Double], _ new: [String: Double], query: String) {
        for (labels, before) in old.sorted(by: { $0.key < $1.key }) {
            guard let after = new[labels] else {
                differences.append("`\(query)`: the new side lacks \(Self.name(labels))")
                continue
            }
            compared += 1
            guard !isNear(before, after) else { continue }
            differences.append("`\(query)`: \(Self.name(labels)) is \(before) on the old side, \(after) on the new")
        }
        for labels in new.keys.sorted() where old[labels] == nil {
            differences.append("`\(query)`: the old side lacks \(Self.name(labels))")
        }
    }

    private func isNear(_ before: Double, _ after: Double) -> Bool {
        if before == after { return true }
        return abs(before - after) <= tolerance * max(abs(before), abs(after))
    }

    private static func name(_ labels: String) -> String { labels.isEmpty || labels == "{}" ? "the value" : labels }
}
