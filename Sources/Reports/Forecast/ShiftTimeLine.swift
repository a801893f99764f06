import MigrateCore

/// When the parts of a shift come, counted from its first, and how long resolvers may still hold what they were told.
///
/// Calls and probes count as nothing: what takes time is waiting. Each change of DNS adds the time that Route 53 takes
/// to be in sync, usually under a minute.
struct ShiftTimeLine: Sendable, Hashable {
    /// One part.
    struct Entry: Sendable, Hashable {
        /// Part.
        var step: StepID
        /// When it comes at the earliest.
        var at: Duration
        /// What it does or waits for.
        var text: String
        /// By when the last resolver has its answer, for a part that moves traffic by DNS.
        var known: Duration?
    }

    /// Composite that moves the traffic.
    let shift: StepID
    /// Parts that change or wait, in order.
    private(set) var entries: [Entry] = []
    /// When the last of them is over.
    private(set) var end: Duration = .zero
    /// Seconds that answers may be kept while traffic is away; nil where DNS has nothing to do with it.
    private(set) var ttl: Int64?

    /// Works it out for `shift`; nil when nothing of it is left to do, or a part cannot be told.
    init?(of shift: StepID, in plan: Plan, forecasts: [StepID: StepForecast]) {
        self.shift = shift
        for step in plan.steps where step.composite == shift {
            guard let forecast = forecasts[step.id] else { return nil }
            switch forecast.outlook {
            case .over, .holds: continue
            case .waits(let text):
                guard let length = Duration(text: text) else { return nil }
                entries.append(Entry(step: step.id, at: end, text: "waits \(length.shortText)"))
                end += length
            case .change(let change):
                // An alias has no TTL of its own; those of load balancers are kept for a minute.
                let kept = step.traffic == .away ? forecast.facts["ttl"].map { $0.integer ?? 60 } : nil
                ttl = kept.map { max(ttl ?? 0, $0) } ?? ttl
                let known = kept.map { end + .seconds($0) }
                entries.append(Entry(step: step.id, at: end, text: change.summary, known: known))
            case .later:
                guard case .probe = step.work else { return nil }
            case .stops, .unknown: return nil
            }
        }
        if entries.isEmpty { return nil }
    }

    /// Adds it to `page`.
    func add(to page: inout Page) {
        page.blank()
        page.add("  time line of \(shift), calls counted as nothing", .strong)
        let width = Page.width(of: entries.map(\.step))
        for entry in entries {
            var head = Line(Self.mark(entry.at))
            head.add(entry.step, to: width)
            head.add("  ")
            let known = entry.known.map { "; every resolver knows by +\($0.shortText)" } ?? ""
            page.wrap(entry.text + known, behind: head, indent: 14)
        }
        page.add(Self.mark(end) + "over")
        let follow = ttl.map { "; resolvers follow within \($0) s at most" } ?? ""
        page.wrap(
            "`migrate back-out` from any of these points is one call, without window or approval\(follow)",
            behind: Line("    home: "),
            indent: 10
        )
    }

    /// `+5m` at the beginning of a line.
    private static func mark(_ at: Duration) -> String {
        let text = "    +" + (at == .zero ? "0s" : at.shortText)
        return text + String(repeating: " ", count: max(1, 14 - text.count))
    }

    /// For programs; times in seconds.
    var json: Value {
        [
            "shift": .string(shift.rawValue), "end": .integer(end.inMilliseconds / 1000),
            "ttl": ttl.map { .integer($0) } ?? .null,
            "entries": .array(
                entries.map {
                    [
                        "step": .string($0.step.rawValue), "at": .integer($0.at.inMilliseconds / 1000),
                        "text": .string($0.text),
                        "known": $0.known.map { .integer($0.inMilliseconds / 1000) } ?? .null,
                    ]
                }
            ),
        ]
    }
}
