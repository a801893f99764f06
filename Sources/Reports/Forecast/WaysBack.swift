import MigrateCore

/// What coming back from each point of a shift does, and what it costs in time.
struct WaysBack: Sendable, Hashable {
    /// Parts of the shift one after the other from which the way back is the same.
    struct Point: Sendable, Hashable {
        /// The parts.
        var steps: [StepID]
        /// The way back once any of them is over.
        var way: ReturnForecast
    }

    /// Composite that moves the traffic.
    let shift: StepID
    /// Points, in order.
    private(set) var points: [Point] = []

    /// Works them out for `shift`; nil when nothing of it is left to do, or nothing of it can be told.
    init?(from shift: StepID, in plan: Plan, forecasts: [StepID: StepForecast]) {
        self.shift = shift
        for step in plan.steps where step.composite == shift {
            guard let way = forecasts[step.id]?.wayBack else { continue }
            if points.last?.way == way {
                points[points.count - 1].steps.append(step.id)
            } else {
                points.append(Point(steps: [step.id], way: way))
            }
        }
        if points.isEmpty { return nil }
    }

    /// Adds them to `page`.
    func add(to page: inout Page) {
        page.blank()
        page.add("  ways back from each point of \(shift)", .strong)
        for point in points {
            page.wrap(ReportWords.list(point.steps), behind: Line("    "), indent: 6)
            page.wrap(backOut(point.way), behind: Line("      back-out: "), indent: 16)
            point.way.home?.call?.addEntries(to: &page, indent: 8)
            page.wrap(rollback(point.way), behind: Line("      rollback: "), indent: 16)
        }
    }

    private func backOut(_ way: ReturnForecast) -> String {
        guard let home = way.home else { return "nothing to do, no traffic is away" }
        let lag = way.lag.map { "; then \($0.shortText) at most until the last resolver follows" } ?? ""
        return words(home) + lag
    }

    private func rollback(_ way: ReturnForecast) -> String {
        let steps = way.undone.map { "`\($0.step)`" }.joined(separator: ", then ")
        guard let first = way.undone.first else {
            return way.home == nil ? "nothing to undo" : "the same call"
        }
        let count = way.undone.count
        if way.home == nil {
            let each = count == 1 ? "" : ", a call each"
            return "undoes \(steps)\(each): \(words(first)); the old side answers all the while"
        }
        let total = "\(count + 1) calls in all, each waited for before the next"
        return "the same call, then undoes \(steps), whose calls it makes the other way round; \(total)"
    }

    private func words(_ leg: ReturnForecast.Leg) -> String {
        leg.call.map { "\($0.summary), \($0.arrival)" } ?? "one call"
    }

    /// For programs; times in seconds.
    var json: Value {
        [
            "shift": .string(shift.rawValue),
            "points": .array(
                points.map { point in
                    [
                        "after": .array(point.steps.map { .string($0.rawValue) }),
                        "back_out": point.way.home.map(Self.json) ?? .null,
                        "resolvers_follow_within": point.way.lag.map { .integer($0.inMilliseconds / 1000) } ?? .null,
                        "rollback": .array(point.way.undone.map(Self.json)),
                    ]
                }
            ),
        ]
    }

    private static func json(_ leg: ReturnForecast.Leg) -> Value {
        ["step": .string(leg.step.rawValue), "call": leg.call?.json ?? .null]
    }
}
