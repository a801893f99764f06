import MigrateCore

/// What the journal holds of a step.
extension StepReport {
    static func addTrouble(of record: StepRecord, to page: inout Page) {
        guard let problem = problem(of: record.state) ?? record.drift else { return }
        page.blank()
        page.wrap(problem.message, .bad, behind: Line("\(StateMark(word: record.word).sign) ", .bad), indent: 2)
        if let hint = problem.hint {
            page.wrap(hint, behind: Line(page.style.language.says("hint: ", ko: "힌트: ")), indent: 6)
        }
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
        let language = page.style.language
        let outcome =
            owned.after == nil
            ? language.says("not known to have settled", ko: "확정되었는지 알 수 없음")
            : language.says("made by this run", ko: "이번 실행이 만듦")
        page.wrap(owned.change.summary, behind: Line(language.says("change  ", ko: "변경    "), .strong), indent: 8)
        let token = language.says("token \(owned.change.token)", ko: "토큰 \(owned.change.token)")
        page.add("        \(outcome), \(owned.change.effect.rawValue), \(token)", .faint)
        ImageDiff(from: owned.before, to: owned.after ?? owned.change.to).add(to: &page, indent: 8)
        if !owned.receipt.isNull {
            let head = Line(language.says("receipt ", ko: "응답    "), .strong)
            page.wrap(owned.receipt.text, .faint, behind: head, indent: 8)
        }
    }

    /// What the approval `name` covers, for whoever is about to say yes.
    public static func text(of subject: ApprovalSubject, approval name: String, style: Style) -> String {
        var page = Page(style)
        page.add(Line(style.language.says("approval `\(name)`", ko: "승인 `\(name)`"), .strong))
        addSubject(subject, to: &page)
        return page.text
    }

    /// What people are asked to say yes to.
    static func addSubject(_ subject: ApprovalSubject?, to page: inout Page) {
        guard let subject else { return }
        page.blank()
        let language = page.style.language
        page.add(Line(language.says("covers", ko: "대상"), .strong))
        for covered in subject.steps {
            var head = Line("  ")
            head.add("\(covered.step)", .strong)
            head.add("  ")
            page.wrap(covered.summary, behind: head, indent: 4)
        }
        let back = language.says("  coming back: ", ko: "  되돌리면: ")
        for cost in subject.costs { page.wrap(cost, .caution, behind: Line(back, .strong), indent: 4) }
        let digest = subject.digest.prefix(16)
        page.add(language.says("  digest \(digest)", ko: "  다이제스트 \(digest)"), .faint)
    }

    static func addApprovals(_ approvals: [Approval], to page: inout Page) {
        guard !approvals.isEmpty else { return }
        page.blank()
        for approval in approvals {
            let comment = approval.comment.map { ": \($0)" } ?? ""
            let head = Line(page.style.language.says("approved by ", ko: "승인 "), .strong)
            page.wrap("\(approval.by), \(approval.at)\(comment)", behind: head, indent: 12)
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
        let language = page.style.language
        page.blank()
        page.add(language.says("evidence", ko: "증거"), .strong)
        let width = evidence.map { TextWidth.cells(of: $0.stage) }.max() ?? 0
        for piece in evidence {
            let seen = piece.evidence
            var head = Line("  \(seen.at.clockText)  ", .faint)
            head.add(piece.stage, to: width)
            head.add("  ")
            page.wrap(seen.subject, behind: head, indent: 14 + width)
            let margin = Line(String(repeating: " ", count: 14 + width))
            page.wrap("\(seen.summary), \(seen.took.shortText(in: language))", behind: margin, indent: 14 + width)
            if !seen.requestIDs.isEmpty {
                let ids = seen.requestIDs.joined(separator: ", ")
                page.wrap(language.says("request \(ids)", ko: "요청 \(ids)"), .faint, behind: margin, indent: 14 + width)
            }
            if showsFacts, !seen.facts.isNull {
                for line in seen.facts.indentedText.split(separator: "\n") { page.add("      \(line)", .faint) }
            }
        }
    }
}
