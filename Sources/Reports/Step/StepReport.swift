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
        addMembers("made known", subject.record.captures, to: &page)
        addEvidence(subject.evidence, showsFacts: showsFacts, to: &page)
        return page.text
    }

    private static func addHead(of subject: Subject, to page: inout Page) {
        let (step, record) = (subject.step, subject.record)
        var title = Line(step.id.rawValue, .strong)
        title.add("  \(step.title.text(in: page.style.language))")
        page.add(title)
        let mark = StateMark(word: record.word)
        var head = Line("\(mark.sign) \(record.word)", mark.tone)
        head.add("  \(step.phase), \(role(of: step.work))\(step.work.kindName)")
        page.add(head)
        var times: [String] = []
        for direction in [Attempt.Direction.forward, .back, .home] {
            guard let count = record.attempts[direction], count > 0 else { continue }
            times.append("\(word(for: direction)) \(ReportWords.count(count, "time"))")
        }
        if let startedAt = record.startedAt {
            times.append("started \(startedAt)")
            if let endedAt = record.endedAt { times.append("took \((endedAt - startedAt).shortText)") }
        }
        if !times.isEmpty { page.wrap(times.joined(separator: ", "), .faint) }
        if let note = record.note, note != problem(of: record.state)?.message { page.wrap(note) }
    }

    private static func role(of work: PlanStep.Work) -> String {
        switch work {
        case .probe: "probe "
        case .action: "do "
        case .confirm, .manual, .soak: ""
        }
    }

    private static func word(for direction: Attempt.Direction) -> String {
        switch direction {
        case .forward: "tried"
        case .back: "undone"
        case .home: "brought home"
        }
    }

    private static func addPlan(of step: PlanStep, to page: inout Page) {
        page.blank()
        if let why = step.why { item("why", why.text(in: page.style.language), to: &page) }
        if !step.needs.isEmpty { item("needs", step.needs.map(\.rawValue).joined(separator: ", "), to: &page) }
        if let condition = step.when { item("when", condition, to: &page) }
        switch step.work {
        case .probe(let call): addParameters(call.parameters, to: &page)
        case .action(let call):
            addParameters(call.parameters, to: &page)
            item("effect", call.effect.rawValue, to: &page)
        case .confirm(let approval): item("approval", approval, to: &page)
        case .manual(let text): item("to do", text.text(in: page.style.language), to: &page)
        case .soak(let length): item("length", length, to: &page)
        }
        for probe in step.verify { item("verify", "\(probe.kind) \(probe.parameters.text)", to: &page) }
        for probe in step.watch { item("watch", "\(probe.kind) \(probe.parameters.text)", to: &page) }
        item("undo", words(for: step.rollback), to: &page)
        if let window = step.window { item("window", window, to: &page) }
        if step.isPointOfNoReturn {
            let cost = step.returnCost?.text(in: page.style.language) ?? "coming back from here loses data"
            item("beware", "point of no return: \(cost)", to: &page)
        }
    }

    private static func addParameters(_ parameters: Value, to page: inout Page) {
        let sorted = (parameters.object ?? [:]).sorted { $0.key < $1.key }
        for (index, (name, value)) in sorted.enumerated() {
            item(index == 0 ? "with" : "", "\(name): \(value.text)", to: &page)
        }
    }

    private static func words(for rollback: RollbackPlan) -> String {
        switch rollback {
        case .notNeeded: "nothing to undo"
        case .captured: "back to what was found before"
        case .keep: "kept: backup or evidence"
        case .none(let reason): "no way back: \(reason)"
        case .action(let call): "by `\(call.kind)`, as the runbook says"
        }
    }

    private static func item(_ name: String, _ text: String, to page: inout Page) {
        var head = Line()
        head.add(name, to: 10, .faint)
        page.wrap(text, behind: head, indent: 10)
    }
}
