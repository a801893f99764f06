/// Where the observed share of requests must lie for a weight to be believed.
///
/// Weights act on resolvers' lookups, and one answer serves many requests: n requests weigh as n ÷ `perAnswer`
/// independent ones. Besides, up to `pinned` of all requests follow no weight: kept connections, answers kept for ever.
/// So the bounds are share·(1 − pinned) − 3σ and share + (1 − share)·pinned + 3σ, with
/// σ = √(share·(1 − share)·perAnswer ÷ n): one shift in several hundred would be stopped by chance alone.
/// Source: the binomial distribution, its variance times the design effect of clusters (L. Kish, Survey Sampling, 1965).
struct ShareBand: Sendable, Equatable {
    /// Least share that is believed, 0 to 1.
    let lower: Double
    /// Largest share that is believed, 0 to 1.
    let upper: Double

    /// Makes the band for `requests` seen at `weight`.
    init(weight: Percent, requests: Int, perAnswer: Int, pinned: Percent) {
        let share = Double(weight.value) / 100
        let apart = Double(pinned.value) / 100
        let deviation = (share * (1 - share) * Double(perAnswer) / Double(max(1, requests))).squareRoot()
        lower = max(0, share * (1 - apart) - 3 * deviation)
        upper = min(1, share + (1 - share) * apart + 3 * deviation)
    }

    /// Whether it excludes nothing, so that the requests are too few to tell.
    var isEverything: Bool { lower <= 0 && upper >= 1 }

    /// Whether `share` is believed.
    func contains(_ share: Double) -> Bool { lower <= share && share <= upper }

    /// In words: `5.1 % to 16.9 %`.
    var words: String { "\(Self.percent(lower)) to \(Self.percent(upper))" }

    /// `share` for people: `12.3 %`.
    static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}
