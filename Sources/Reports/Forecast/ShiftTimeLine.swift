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
        var text: LocalizedText
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
                let words = LocalizedText(ownWords: {
                    $0.says("waits \(length.shortText)", ko: "\(length.shortText(in: .korean)) 대기")
                })
                entries.append(Entry(step: step.id, at: end, text: words))
                end += length
            case .change(let change):
                // An alias has no TTL of its own; those of load balancers are kept for a minute.
                let kept = step.traffic == .away ? forecast.facts["ttl"].map { $0.integer ?? 60 } : nil
                ttl = kept.map { max(ttl ?? 0, $0) } ?? ttl
                let known = kept.map { end + .seconds($0) }
                entries.append(Entry(step: step.id, at: end, text: LocalizedText(change.summary), known: known))
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
        let language = page.style.language
        page.add(
            language.says(
                "  time line of \(shift), calls counted as nothing",
                ko: "  \(shift) 타임라인, 호출 시간은 0으로 계산"
            ),
            .strong
        )
        let width = Page.width(of: entries.map(\.step))
        for entry in entries {
            var head = Line(Self.mark(entry.at, in: language))
            head.add(entry.step, to: width)
            head.add("  ")
            let by = entry.known.map { $0.shortText(in: language) }
            let known = by.map { language.says("; every resolver knows by +\($0)", ko: "; +\($0)까지 모든 리졸버에 전파") } ?? ""
            page.wrap(entry.text.text(in: language) + known, behind: head, indent: 14)
        }
        page.add(Self.mark(end, in: language) + language.says("over", ko: "끝"))
        let follow = ttl.map {
            language.says("; resolvers follow within \($0) s at most", ko: "; 리졸버는 최대 \($0)초 안에 따라옴")
        }
        let home = language.says(
            "`migrate back-out` from any of these points is one call, without window or approval",
            ko: "어느 시점에서든 `migrate back-out`은 호출 한 번이며 변경 창도 승인도 필요 없음"
        )
        page.wrap(home + (follow ?? ""), behind: Line(language.says("    home: ", ko: "    복귀: ")), indent: 10)
    }

    /// `+5m` at the beginning of a line.
    private static func mark(_ at: Duration, in language: Language) -> String {
        let text = "    +" + (at == .zero ? language.says("0s", ko: "0초") : at.shortText(in: language))
        return text + String(repeating: " ", count: max(1, 14 - TextWidth.cells(of: text)))
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
                        "text": .string($0.text.text(in: .english)),
                        "known": $0.known.map { .integer($0.inMilliseconds / 1000) } ?? .null,
                    ]
                }
            ),
        ]
    }
}
