/// Numbers that follow from a seed alone; one stream for each matter, so that a change in one leaves the others alone.
final class Dice {
    private var state: UInt64

    /// Makes the stream `stream` of `seed`.
    init(seed: UInt64, stream: UInt64) {
        state = (seed &+ 1) &* 0xd134_2543_de82_ef95 ^ stream &* 0x9e37_79b9_7f4a_7c15
    }

    /// Next number; SplitMix64, whose neighbouring seeds have nothing in common.
    func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Number from 0 up to but not including `bound`, which is at least 1.
    func below(_ bound: Int) -> Int { Int(next() >> 33) % bound }

    /// Number within `range`.
    func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// True in `percent` of a hundred cases.
    func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One of `choices`, which are not empty.
    func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }

    /// One of `choices`; nil when there is none.
    func any<Choice>(of choices: [Choice]) -> Choice? { choices.isEmpty ? nil : pick(choices) }

    /// One of the choices, each as likely as its weight says.
    func weighted<Choice>(_ choices: [(weight: Int, choice: Choice)]) -> Choice {
        var left = below(choices.reduce(0) { $0 + $1.weight })
        for (weight, choice) in choices.dropLast() {
            if left < weight { return choice }
            left -= weight
        }
        return choices[choices.count - 1].choice
    }

    /// Length within `range`, in milliseconds.
    func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(within(range)) }
}
