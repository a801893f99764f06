import MigrateCore

/// Who counts requests during a shift: `share`, from which the looks after each soak and after the last are made.
struct ShiftEvidence: Sendable {
    private let given: [String: Value]
    private let window: Value
    /// How long who stays behind is counted.
    private let drain: Duration

    /// The parameter.
    static let parameter = ParameterDeclaration.optional(
        "share",
        .mapping,
        example: ["old": ["load_balancer": "lgtm-old"], "new": ["load_balancer": "lgtm-new"]],
        "`{old, new, window, at_least, requests_per_answer, pinned, quiet, drain}`: who counts each side's requests; the "
            + "new side's share then gates each weight, and who stays behind is counted for `drain`, 10m unless given; "
            + "after a return for 5m at most"
    )

    /// The parameter where a listener shares the requests out, and so can be asked for them.
    static let listenerParameter = ParameterDeclaration.optional(
        "share",
        .mapping,
        example: ["at_least": 500],
        "`{old, new, window, at_least, requests_per_answer, pinned, quiet, drain}`: the new group's share of requests gates"
            + " each weight, as the load balancer counts them for each group unless `old` and `new` say otherwise; `{}`"
            + " will do. Who stays behind is counted for `drain`, 10m unless given; after a return for 5m at most"
    )

    private static let gateKeys: Set<String> = ["old", "new", "at_least", "requests_per_answer", "pinned"]
    private static let keys = gateKeys.union(["window", "quiet", "drain"])
    /// How long a share that is not as it should be, or that nothing can be said of, is looked at again.
    private static let patience = RetryPolicy(
        attempts: 1,
        patience: .seconds(300),
        interval: .seconds(15),
        ceiling: .seconds(30)
    )
    private static let usualDrain = Value.string("10m")
    /// How far back those who stay behind are counted.
    ///
    /// Why so short: nobody is gone before the window is past the moment of the change. Why not shorter: the newest
    /// minute of a metric comes a minute or two late.
    private static let leftWindow = Value.string("3m")
    /// Longest that a return goes on counting: traffic is home, and people should hear so.
    static let longestReturn = Duration.seconds(300)

    /// Reads `value`, for soaks of `soak` and answers that live for `ttl`; nil when nobody counts.
    ///
    /// Throws: when it cannot be read.
    init?(_ value: Value, soak: String, ttl: Duration) throws(ParameterError) {
        guard !value.isNull else { return nil }
        guard let given = value.object else { throw ParameterError("share", "must be a mapping, not `\(value.text)`") }
        if let key = given.keys.sorted().first(where: { !Self.keys.contains($0) }) {
            throw ParameterError("share", "holds `\(key)`, which nothing reads")
        }
        for side in ["old", "new"] { _ = try RequestEvidence(given[side] ?? .null, of: "share.\(side)") }
        let length = (given["drain"] ?? Self.usualDrain).interpolated
        guard let drain = Duration(text: length) else {
            throw ParameterError("share.drain", "must be a duration such as `10m`, not `\(length)`")
        }
        self.given = given
        self.drain = drain
        if let window = given["window"] {
            self.window = window
        } else if let length = Duration(text: soak) {
            // Why less: answers from before the weight changed live on for one TTL.
            self.window = .string("\(max(length - ttl, length / 2).inMilliseconds / 1000)s")
        } else {
            throw ParameterError("share", "must hold `window`, as the length of `soak` is not known beforehand")
        }
    }

    /// Holds the new side's share against `weight`.
    func gate(of weight: Percent) -> KindDeclaration.Part {
        var with = given.filter { Self.gateKeys.contains($0.key) }
        with["window"] = window
        with["weight"] = .integer(Int64(weight.value))
        return .probe(
            "share-w\(weight.value)",
            "\(weight) really reach the new side",
            ko: "\(weight)가 실제로 신규 환경에 도달",
            "traffic.share",
            with,
            retry: Self.patience
        )
    }

    /// Counts who stays behind on the old side; reported, and nothing waits for it longer than `drain`.
    var leftovers: KindDeclaration.Part {
        var with: [String: Value] = ["side": given["old"] ?? .null, "name": "the old side", "window": Self.leftWindow]
        with["quiet"] = given["quiet"]
        return .probe(
            "left",
            "Who stays behind on the old side",
            ko: "기존 환경에 남은 요청 확인",
            "traffic.left",
            with,
            retry: RetryPolicy(attempts: 1, patience: drain, interval: .seconds(5), ceiling: .seconds(30)),
            isAdvisory: true
        )
    }

    /// What the way home counts: who stays behind on the new side.
    var left: Value {
        [
            "side": given["new"] ?? .null, "window": Self.leftWindow, "quiet": given["quiet"] ?? 0,
            "drain": .string("\(min(drain, Self.longestReturn).inMilliseconds / 1000)s"),
        ]
    }
}
