import MigrateCore

/// Shares of the new side during a shift, one after the other, the last of them all of it.
struct ShiftWeights: Sendable {
    /// The shares.
    let weights: [Percent]

    /// The parameter.
    static let parameter = ParameterDeclaration.optional(
        "weights",
        .list(.percent),
        default: [1, 10, 50, 100],
        "shares of the new side, rising to 100"
    )

    /// Reads `given`, the standard shares when it is null; nil when they do not rise from above 0 to 100.
    init?(_ given: Value) {
        let list = given.isNull ? [1, 10, 50, 100] : given.array ?? []
        weights = list.compactMap { $0.integer.flatMap { Percent(Int($0)) } }
        let isRising = zip(weights, weights.dropFirst()).allSatisfy { $0 < $1 }
        guard weights.count == list.count, isRising, weights.last?.value == 100, weights.first?.value != 0 else {
            return nil
        }
    }

    /// What is wrong with `given`, when it cannot be read.
    static func mistake(in given: Value) -> Diagnostic {
        Diagnostic("`weights` must be whole percentages that rise from above 0 to 100, not \(given.text)", at: nil)
    }

    /// For each share a part that moves traffic, with the parameters that `with` gives, a watched wait of `soak`, and
    /// the looks that `looks` gives.
    func parts(
        _ kind: String,
        soak: String,
        timeout: Duration? = nil,
        looks: (Percent) -> [KindDeclaration.Part] = { _ in [] },
        with parameters: (Percent) -> [String: Value]
    ) -> [KindDeclaration.Part] {
        weights.flatMap { weight -> [KindDeclaration.Part] in
            let name = "w\(weight.value)"
            return [
                .action(name, "\(weight) to the new side", kind, parameters(weight), traffic: .away, timeout: timeout),
                .wait("soak-\(name)", "Watch \(weight)", soak),
            ] + looks(weight)
        }
    }
}
