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

    /// Looks at one share.
    struct Looks: Sendable {
        /// Once traffic was moved.
        var moved: [KindDeclaration.Part] = []
        /// Once it was watched for its time.
        var soaked: [KindDeclaration.Part] = []
    }

    /// For each share a part that moves traffic, with the parameters that `with` gives, and a watched wait of `soak`,
    /// each with what `looks` gives after it.
    func parts(
        _ kind: String,
        soak: String,
        timeout: Duration? = nil,
        looks: (Percent) -> Looks = { _ in Looks() },
        with parameters: (Percent) -> [String: Value]
    ) -> [KindDeclaration.Part] {
        weights.flatMap { weight -> [KindDeclaration.Part] in
            let name = "w\(weight.value)"
            let looks = looks(weight)
            let move = [
                KindDeclaration.Part.action(
                    name,
                    "\(weight) to the new side",
                    ko: "신규 환경으로 \(weight)",
                    kind,
                    parameters(weight),
                    traffic: .away,
                    timeout: timeout
                )
            ]
            return move + looks.moved + [.wait("soak-\(name)", "Watch \(weight)", ko: "\(weight) 관찰", soak)]
                + looks.soaked
        }
    }
}
