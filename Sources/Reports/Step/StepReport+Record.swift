import MigrateCore

/// What the journal holds of a step.
extension StepReport {
    static func addTrouble(of record: StepRecord, to page: inout Page) {
        guard let problem = problem(of: record.state) ?? record.drift else { return }
        page.blank()
        page.wrap(problem.message, .bad, behind: Line("\(StateMark(word: record.word).sign) ", .bad), indent: 2)
        if let hint = problem.hint { page.wrap(hint, behind: Line("hint: "), indent: 6) }
    }

    /// What is wrong, in the states in which something is.
    static func problem(of state: StepState) -> Problem? {
        switch state {
        case .failed(let failure): failure.problem
        case .inDoubt(_, _, let problem), .rollbackFailed(let problem): problem
        case .pending, .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow, .waitingApproval,
            .waitingPerson, .succeeded, .alreadySatisfied, .skipped, .canceled, .rollingBack, .rolledBack,
            .rollbackSkipped, .kept:
            nil
        }
    }

    static func addChange(_ owned: OwnedChange, of step: PlanStep, to page: inout Page) {
        page.blank()
        let outcome = owned.after == nil ? "not known to have settled" : "made by this run"
        page.wrap(owned.change.summary, behind: Line("change  ", .strong), indent: 8)
        page.add("        \(outcome), \(owned.change.effect.rawValue), token \(owned.change.token)", .faint)
        ImageDiff(from: owned.before, to: owned.after ?? owned.change.to).add(to: &page, indent: 8)
        if !owned.receipt.isNull { page.wrap(owned.receipt.text, .faint, behind: Line("receipt ", .strong), indent: 8) }
    }

    /// What the approval `name` covers, for whoever is about to say yes.
    public static func text(of subject: ApprovalSubject, approval name: String, style: Style) -> String {
        var page = Page(style)
        page.add(Line("approval `\(name)`", .strong))
        addSubject(subject, to: &page)
        return page.text
    }

    /// What people are asked to say yes to.
    static func addSubject(_ subject: ApprovalSubject?, to page: inout Page) {
        guard let subject else { return }
        page.blank()
        page.add(Line("covers", .strong))
        for covered in subject.steps {
            var head = Line("  ")
            head.add("\(covered.step)", .strong)
            head.add("  ")
            page.wrap(covered.summary, behind: head, indent: 4)
        }
        for cost in subject.costs { page.wrap(cost, .caution, behind: Line("  coming back: ", .strong), indent: 4) }
        page.add("  digest \(subject.digest.prefix(16))", .faint)
    }

    static func addApprovals(_ approvals: [Approval], to page: inout Page) {
        guard !approvals.isEmpty else { return }
        page.blank()
        for approval in approvals {
            let comment = approval.comment.map { ": \($0)" } ?? ""
            page.wrap("\(approval.by), \(approval.at)\(comment)", behind: Line("approved by ", .strong), indent: 12)
        }
    }

    static func addMembers(_ title: String, _ members: [String: Value], to page: inout Page) {
        guard !members.isEmpty else { return }
        page.blank()
        page.add(title, .strong)
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            page.wrap("\(name): \(value.text)", behind: Line("  "), indent: 6)
        }
    }

    static func addEvidence(_ evidence: [StepEvidence], showsFacts: Bool, to page: inout Page) {
        guard !evidence.isEmpty else { return }
        page.blank()
        page.add("evidence", .strong)
        let width = evidence.map { TextWidth.cells(of: $0.stage) }.max() ?? 0
        for piece in evidence {
            let seen = piece.evidence
            var head = Line("  \(seen.at.clockText)  ", .faint)
            head.add(piece.stage, to: width)
            head.add("  ")
            page.wrap(seen.subject, behind: head, indent: 14 + width)
            let margin = Line(String(repeating: " ", count: 14 + width))
            page.wrap("\(seen.summary), \(seen.took.shortText)", behind: margin, indent: 14 + width)
            if !seen.requestIDs.isEmpty {
                let ids = seen.requestIDs.joined(separator: ", ")
                page.wrap("request \(ids)", .faint, behind: margin, indent: 14 + width)
            }
            if showsFacts, !seen.facts.isNull {
                for line in seen.facts.indentedText.split(separator: "\n") { page.add("      \(line)", .faint) }
            }
        }
    }
}
