import MigrateCore

/// All that is known of one step: what it is, what it did, what was seen, how it would be undone.
public enum StepReport {
    /// A step and what the journal holds of it.
    public struct Subject: Sendable {
        /// Step as planned.
        public var step: PlanStep
        /// Its record.
        public var record: StepRecord
        /// Evidence about it, in order.
        public var evidence: [StepEvidence]

        /// Makes a subject.
        public init(step: PlanStep, record: StepRecord, evidence: [StepEvidence]) {
            self.step = step
            self.record = record
            self.evidence = evidence
        }
    }

    /// Text for a terminal; with `showsFacts` each piece of evidence is followed by all that was found.
    public static func text(of subject: Subject, style: Style = .unbounded, showsFacts: Bool = false) -> String {
        var page = Page(style)
        addHead(of: subject, to: &page)
        addPlan(of: subject.step, to: &page)
        addTrouble(of: subject.record, to: &page)
        if let owned = subject.record.owned { addChange(owned, of: subject.step, to: &page) }
        addSubject(subject.record.subject, to: &page)
        addApprovals(subject.record.approvals, to: &page)
        addMembers(style.language.says("made known", ko: "수집한 팩트"), subject.record.captures, to: &page)
        addEvidence(subject.evidence, showsFacts: showsFacts, to: &page)
        return page.text
    }

    private static func addHead(of subject: Subject, to page: inout Page) {
        let (step, record) = (subject.step, subject.record)
        let language = page.style.language
        var title = Line(step.id.rawValue, .strong)
        title.add("  \(step.title.text(in: language))")
        page.add(title)
        let mark = StateMark(word: record.word)
        var head = Line("\(mark.sign) \(StateMark.name(of: record.word, in: language))", mark.tone)
        head.add("  \(step.phase), \(role(of: step.work, in: language))\(step.work.kindName)")
        page.add(head)
        var times: [String] = []
        for direction in [Attempt.Direction.forward, .back, .home] {
            guard let count = record.attempts[direction], count > 0 else { continue }
            times.append(tries(direction, count, in: language))
        }
        if let startedAt = record.startedAt {
            times.append(language.says("started \(startedAt)", ko: "시작 \(startedAt)"))
            let taken = record.endedAt.map { ($0 - startedAt).shortText(in: language) }
            if let taken { times.append(language.says("took \(taken)", ko: "소요 \(taken)")) }
        }
        if !times.isEmpty { page.wrap(times.joined(separator: ", "), .faint) }
        if let note = record.note, note != problem(of: record.state)?.message { page.wrap(note) }
    }

    private static func role(of work: PlanStep.Work, in language: Language) -> String {
        switch work {
        case .probe: language.says("probe ", ko: "프로브 ")
        case .action: language.says("do ", ko: "작업 ")
        case .confirm, .manual, .soak: ""
        }
    }

    private static func tries(_ direction: Attempt.Direction, _ count: Int, in language: Language) -> String {
        let times = ReportWords.count(count, "time")
        return switch direction {
        case .forward: language.says("tried \(times)", ko: "시도 \(count)번")
        case .back: language.says("undone \(times)", ko: "되돌림 \(count)번")
        case .home: language.says("brought home \(times)", ko: "트래픽 복귀 \(count)번")
        }
    }

    private static func addPlan(of step: PlanStep, to page: inout Page) {
        page.blank()
        let language = page.style.language
        if let why = step.why { item("why", ko: "이유", why.text(in: language), to: &page) }
        if !step.needs.isEmpty {
            item("needs", ko: "선행 단계", step.needs.map(\.rawValue).joined(separator: ", "), to: &page)
        }
        if let condition = step.when { item("when", ko: "조건", condition, to: &page) }
        switch step.work {
        case .probe(let call): addParameters(call.parameters, to: &page)
        case .action(let call):
            addParameters(call.parameters, to: &page)
            item("effect", ko: "효과", call.effect.rawValue, to: &page)
        case .confirm(let approval): item("approval", ko: "승인", approval, to: &page)
        case .manual(let text): item("to do", ko: "할 일", text.text(in: language), to: &page)
        case .soak(let length): item("length", ko: "길이", length, to: &page)
        }
        for probe in step.verify { item("verify", ko: "검증", "\(probe.kind) \(probe.parameters.text)", to: &page) }
        for probe in step.watch { item("watch", ko: "감시", "\(probe.kind) \(probe.parameters.text)", to: &page) }
        item("undo", ko: "되돌리기", words(for: step.rollback, in: language), to: &page)
        if let window = step.window { item("window", ko: "변경 창", window, to: &page) }
        if step.isPointOfNoReturn {
            let cost = step.returnCost?.text(in: language) ?? ReportWords.unknownReturnCost(in: language)
            let words = language.says("point of no return: \(cost)", ko: "되돌아올 수 없는 지점: \(cost)")
            item("beware", ko: "주의", words, to: &page)
        }
    }

    private static func addParameters(_ parameters: Value, to page: inout Page) {
        let sorted = (parameters.object ?? [:]).sorted { $0.key < $1.key }
        for (index, (name, value)) in sorted.enumerated() {
            item(index == 0 ? "with" : "", ko: index == 0 ? "매개변수" : "", "\(name): \(value.text)", to: &page)
        }
    }

    private static func words(for rollback: RollbackPlan, in language: Language) -> String {
        switch rollback {
        case .notNeeded: language.says("nothing to undo", ko: "되돌릴 것 없음")
        case .captured: language.says("back to what was found before", ko: "실행 전에 기록해 둔 상태로")
        case .keep: language.says("kept: backup or evidence", ko: "보존: 백업 또는 증거")
        case .none(let reason): language.says("no way back: \(reason)", ko: "되돌릴 방법 없음: \(reason)")
        case .action(let call): language.says("by `\(call.kind)`, as the runbook says", ko: "런북에 따라 `\(call.kind)`")
        }
    }

    private static func item(_ name: String, ko korean: String, _ text: String, to page: inout Page) {
        var head = Line()
        head.add(page.style.language.says(name, ko: korean), to: 10, .faint)
        page.wrap(text, behind: head, indent: 10)
    }
}
