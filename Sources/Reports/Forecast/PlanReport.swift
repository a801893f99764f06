import MigrateCore

/// What a run would do, step by step, with what each change would alter.
public enum PlanReport {
    /// How many steps would do what.
    public struct Counts: Sendable, Hashable {
        /// Steps that would change something.
        public var changes = 0
        /// Steps that would do nothing, or pass.
        public var holds = 0
        /// Steps that would wait.
        public var waits = 0
        /// Steps that would stop the run.
        public var stops = 0
        /// Steps that could not be asked.
        public var unknown = 0
        /// Steps that depend on what earlier ones find.
        public var later = 0
        /// Steps that are over.
        public var over = 0

        /// Counts `forecasts`.
        public init(_ forecasts: [StepForecast]) {
            for forecast in forecasts {
                switch forecast.outlook {
                case .over: over += 1
                case .holds: holds += 1
                case .change: changes += 1
                case .waits: waits += 1
                case .stops: stops += 1
                case .unknown: unknown += 1
                case .later: later += 1
                }
            }
        }

        /// Whether anything is left to do.
        public var isAnythingPending: Bool { changes + waits + stops + unknown + later > 0 }

        /// Members in the order of a summary, with their words.
        fileprivate func members(in language: Language) -> [(count: Int, word: String, text: String)] {
            [
                (changes, "change", language.says("to change", ko: "변경 예정")),
                (holds, "holds", language.says("hold already", ko: "이미 충족")),
                (waits, "waits", language.says("wait", ko: "대기")),
                (stops, "stops", language.says("would stop the run", ko: "실행 중단")),
                (unknown, "unknown", language.says("could not be asked", ko: "확인 불가")),
                (later, "later", language.says("depend on earlier steps", ko: "앞선 단계에 따라 결정")),
                (over, "over", language.says("over", ko: "완료")),
            ]
        }
    }

    /// When steps may start, by step, as known at a time.
    public struct Windows: Sendable {
        /// Time of the forecast.
        public var at: Timestamp
        /// Forecasts of the steps that a change window holds back.
        public var forecasts: [StepID: WindowForecast]

        /// Makes a set of forecasts.
        public init(at: Timestamp, forecasts: [StepID: WindowForecast]) {
            self.at = at
            self.forecasts = forecasts
        }
    }

    /// Text for a terminal; steps that are over are counted only.
    public static func text(
        of forecasts: [StepForecast],
        in plan: Plan,
        windows: Windows? = nil,
        style: Style = .unbounded
    ) -> String {
        var page = Page(style)
        let language = style.language
        let about = language.says("what a run would do; nothing was changed", ko: "실행하면 할 일; 아무것도 바꾸지 않았음")
        page.add("\(plan.runbook) · \(plan.environment): \(about)", .strong)
        let known = Dictionary(forecasts.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
        for phase in plan.phases {
            let rows = plan.steps.compactMap { step -> (PlanStep, StepForecast)? in
                guard step.phase == phase.id, let forecast = known[step.id] else { return nil }
                if case .over = forecast.outlook { return nil }
                return (step, forecast)
            }
            guard !rows.isEmpty else { continue }
            page.blank()
            var head = Line(phase.id.rawValue, .strong)
            head.add("  \(phase.title.text(in: style.language))")
            page.add(head)
            let width = Page.width(of: rows.map(\.0.id))
            for (step, forecast) in rows {
                add(step, forecast, idWidth: width, to: &page)
                if let windows, let window = windows.forecasts[step.id] {
                    page.wrap(
                        words(for: window, at: windows.at, in: language),
                        .caution,
                        behind: Line(language.says("        window: ", ko: "        변경 창: ")),
                        indent: 16
                    )
                }
            }
            for shift in shifts(of: plan, in: phase.id) {
                ShiftTimeLine(of: shift, in: plan, forecasts: known)?.add(to: &page)
                WaysBack(from: shift, in: plan, forecasts: known)?.add(to: &page)
            }
        }
        page.blank()
        let counts = Counts(forecasts).members(in: language).filter { $0.count > 0 }.map { count, _, text in
            language.says("\(count) \(text)", ko: "\(text) \(count)개")
        }
        let none = language.says("nothing is left to do", ko: "할 일이 남아 있지 않음")
        page.wrap(counts.isEmpty ? none : counts.joined(separator: ", "), .strong)
        return page.text
    }

    /// Composites of `phase` that move traffic, in order.
    private static func shifts(of plan: Plan, in phase: PhaseID) -> [StepID] {
        plan.steps.filter { $0.phase == phase && $0.traffic == .home }.compactMap(\.composite)
    }

    private static func add(
        _ step: PlanStep,
        _ forecast: StepForecast,
        idWidth: Int,
        to page: inout Page
    ) {
        let (sign, tone, text) = words(for: forecast.outlook, of: step, in: page.style.language)
        var head = Line("  \(sign) ", tone)
        head.add(step.id, to: idWidth)
        head.add("  ")
        page.wrap(text, tone == .bad ? .bad : .plain, behind: head, indent: 8)
        switch forecast.outlook {
        case .change(let change):
            ImageDiff(from: change.from, to: change.to).add(to: &page, indent: 8)
            if let call = forecast.call {
                let word = page.style.language.says("        call: ", ko: "        호출: ")
                page.wrap(call.summary, behind: Line(word), indent: 14)
                call.addEntries(to: &page, indent: 10)
            }
        case .stops(let problem), .unknown(let problem):
            if let hint = problem.hint {
                let word = page.style.language.says("        hint: ", ko: "        힌트: ")
                page.wrap(hint, behind: Line(word), indent: 14)
            }
        case .over, .holds, .waits, .later: break
        }
    }

    private static func words(for window: WindowForecast, at now: Timestamp, in language: Language) -> String {
        let when =
            window.ruling.openUntil.map { language.says("open until \($0)", ko: "\($0)까지 열림") }
            ?? window.ruling.opensNext.map { language.says("opens at \($0)", ko: "\($0)에 열림") }
            ?? language.says("does not open within a fortnight", ko: "2주 안에 열리지 않음")
        let length = window.need.shortText(in: language)
        guard let latest = window.latestStart(at: now) else {
            let short = language.says("too short for the \(length) that are needed", ko: "필요한 \(length)보다 짧음")
            return "\(window.ruling.text), \(when); \(short)"
        }
        let need = language.says(", since soaks and a return need \(length)", ko: ", 관찰과 복귀에 \(length) 필요")
        let start = language.says("to be started by \(latest)", ko: "\(latest)까지 시작해야 함")
        return "\(window.ruling.text), \(when); \(start)\(window.need == .zero ? "" : need)"
    }

    private static func koreanWait(_ what: String, of step: PlanStep) -> String {
        switch step.work {
        case .confirm(let approval): "승인 `\(approval)` 대기"
        case .manual(let text): "사람을 기다림: \(text.text(in: .korean))"
        case .probe, .action, .soak: "대기: \(what)"
        }
    }

    private static func words(
        for outlook: StepForecast.Outlook,
        of step: PlanStep,
        in language: Language
    ) -> (sign: String, tone: Tone, text: String) {
        switch outlook {
        case .over(let state): ("✓", .good, StateMark.name(of: state, in: language))
        case .holds(let seen): ("=", .good, seen)
        case .change(let change):
            if change.from.isNull {
                ("+", .good, change.summary)
            } else if change.to.isNull {
                ("-", .bad, change.summary)
            } else {
                ("~", .caution, change.summary)
            }
        case .waits(let what): ("…", .busy, language.says("waits: \(what)", ko: koreanWait(what, of: step)))
        case .stops(let problem): ("✗", .bad, problem.message)
        case .unknown(let problem):
            ("?", .caution, language.says("could not be asked: \(problem.message)", ko: "확인 불가: \(problem.message)"))
        case .later:
            ("·", .faint, language.says("depends on what earlier steps find", ko: "앞선 단계의 결과에 따라 결정"))
        }
    }
}

extension PlanReport {
    /// The forecasts as JSON.
    public static func json(of forecasts: [StepForecast], in plan: Plan) -> Value {
        let members = Counts(forecasts).members(in: .english).map { ($0.word, Value.integer(Int64($0.count))) }
        let known = Dictionary(forecasts.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
        let lines = plan.phases.flatMap { shifts(of: plan, in: $0.id) }
            .compactMap { ShiftTimeLine(of: $0, in: plan, forecasts: known)?.json }
        let ways = plan.phases.flatMap { shifts(of: plan, in: $0.id) }
            .compactMap { WaysBack(from: $0, in: plan, forecasts: known)?.json }
        return [
            "runbook": .string(plan.runbook),
            "environment": .string(plan.environment),
            "counts": .object(Dictionary(members, uniquingKeysWith: { first, _ in first })),
            "steps": .array(forecasts.map(json(of:))),
            "shifts": .array(lines),
            "ways_back": .array(ways),
        ]
    }

    private static func json(of forecast: StepForecast) -> Value {
        var members: [String: Value] = ["step": .string(forecast.step.rawValue)]
        switch forecast.outlook {
        case .over(let state): members.merge(["outlook": "over", "state": .string(state)]) { $1 }
        case .holds(let seen): members.merge(["outlook": "holds", "text": .string(seen)]) { $1 }
        case .change(let change):
            members.merge([
                "outlook": "change", "text": .string(change.summary), "kind": .string(change.kind),
                "from": change.from, "to": change.to, "effect": .string(change.effect.rawValue),
                "differences": ImageDiff(from: change.from, to: change.to).json,
            ]) { $1 }
            members["call"] = forecast.call?.json
        case .waits(let what): members.merge(["outlook": "waits", "text": .string(what)]) { $1 }
        case .stops(let problem): members.merge(["outlook": "stops", "problem": Value(problem)]) { $1 }
        case .unknown(let problem): members.merge(["outlook": "unknown", "problem": Value(problem)]) { $1 }
        case .later: members["outlook"] = "later"
        }
        return .object(members)
    }
}
