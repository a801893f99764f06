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
        let language = page.style.language
        page.blank()
        page.add(
            language.says("  ways back from each point of \(shift)", ko: "  \(shift)의 지점마다 돌아가는 길"),
            .strong
        )
        for point in points {
            page.wrap(ReportWords.list(point.steps), behind: Line("    "), indent: 6)
            page.wrap(
                backOut(point.way, in: language),
                behind: Line(language.says("      back-out: ", ko: "      백아웃: ")),
                indent: 16
            )
            point.way.home?.call?.addEntries(to: &page, indent: 8)
            page.wrap(
                rollback(point.way, in: language),
                behind: Line(language.says("      rollback: ", ko: "      롤백: ")),
                indent: 16
            )
        }
    }

    private func backOut(_ way: ReturnForecast, in language: Language) -> String {
        guard let home = way.home else {
            return language.says("nothing to do, no traffic is away", ko: "할 일 없음, 옮겨 간 트래픽 없음")
        }
        guard let lag = way.lag?.shortText else { return words(home, in: language) }
        return language.says(
            "\(words(home, in: language)); then \(lag) at most until the last resolver follows",
            ko: "\(words(home, in: language)); 그 뒤 마지막 리졸버가 따라오기까지 길어야 \(lag)"
        )
    }

    private func rollback(_ way: ReturnForecast, in language: Language) -> String {
        guard let first = way.undone.first else {
            return way.home == nil
                ? language.says("nothing to undo", ko: "되돌릴 것 없음") : language.says("the same call", ko: "같은 호출")
        }
        let names = way.undone.map { "`\($0.step)`" }
        let steps = names.joined(separator: language.says(", then ", ko: ", 다음 "))
        let count = way.undone.count
        if way.home == nil {
            let each = count == 1 ? "" : language.says(", a call each", ko: ", 각각 호출 한 번")
            return language.says(
                "undoes \(steps)\(each): \(words(first, in: language)); the old side answers all the while",
                ko: "\(steps) 되돌림\(each): \(words(first, in: language)); 그동안 내내 기존 환경이 응답"
            )
        }
        return language.says(
            "the same call, then undoes \(steps), whose calls it makes the other way round; "
                + "\(count + 1) calls in all, each waited for before the next",
            ko: "같은 호출 다음 \(steps)의 호출을 거꾸로 되돌림; 호출은 모두 \(count + 1)번이고 하나씩 끝나기를 기다림"
        )
    }

    private func words(_ leg: ReturnForecast.Leg, in language: Language) -> String {
        leg.call.map { "\($0.summary), \($0.arrival)" } ?? language.says("one call", ko: "호출 한 번")
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
