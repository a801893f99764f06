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
        let least = share * (1 - apart) - 3 * deviation
        // Why by itself: where few are expected the bound above is below 0, and nobody at all may yet be too few.
        let isNobodyBelieved = Self.chanceOfNobody(share * (1 - apart), in: requests / max(1, perAnswer)) > Self.rare
        lower = least > 0 ? least : isNobodyBelieved ? 0 : 1 / Double(max(1, requests))
        upper = min(1, share + (1 - share) * apart + 3 * deviation)
    }

    /// Chance beyond three standard deviations on one side.
    private static let rare = 0.00135

    /// Chance that none of `count` independent requests goes where each does with chance `share`.
    private static func chanceOfNobody(_ share: Double, in count: Int) -> Double {
        var chance = 1.0
        var factor = 1 - share
        var left = count
        while left > 0 {
            if left % 2 == 1 { chance *= factor }
            factor *= factor
            left /= 2
        }
        return chance
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
