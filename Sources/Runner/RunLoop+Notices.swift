import MigrateCore

/// Telling people, beside the steps: no step waits for it, and it holds no phase.
extension RunLoop {
    /// How long notices on their way are waited for once a session is over.
    public static let noticePatience: Duration = .seconds(5)

    /// Sends what is due, once it is durable.
    func tell(
        with hand: inout Hand,
        group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) throws {
        let state = hand.machine.state
        // Why only then: what still waits to become durable may be lost, and would be told again.
        if hand.draft.entries.isEmpty, state.notices.pendingCount > 0 {
            let new = hand.outbox.new(among: state.notices.pending)
            if !new.isEmpty { hand.outbox.add(new, head: try journal.headHash(of: state.header.number)) }
        }
        while let letter = hand.outbox.next() { send(letter, of: state, in: &group, inbox) }
    }

    private func send(
        _ letter: NoticeOutbox.Letter,
        of state: RunState,
        in group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) {
        let id = letter.record.id
        guard let notice = state.notice(id.notice) else {
            let gone = NoticeFate.refused(Problem("the runbook has no notice `\(id.notice)` any more"))
            inbox.put(.told(id, .init(fate: gone, evidence: [])))
            return
        }
        let scope = state.scope(of: letter.record, head: letter.head)
        group.addTask { [teller = NoticeTeller(executor: executor, clock: clock)] in
            if let outcome = await teller.tell(notice.call, within: notice.timeout, in: scope) {
                inbox.put(.told(id, outcome))
            }
        }
    }

    /// Takes in what came of a notice.
    func take(_ outcome: NoticeTeller.Outcome, of id: NoticeID, with hand: inout Hand) throws {
        guard let letter = hand.outbox.end(id) else { return }
        let input = RunInput.noticeEnded(id, outcome.fate, head: letter.head)
        let seen = outcome.evidence.map { StagedEvidence(step: nil, stage: "notice", evidence: $0) }
        try hand.take(input, at: clock.now(), seen)
    }

    /// Waits a while for what is on its way once the session is over, and puts on record that the rest is not known.
    ///
    /// Throws: as `append` and `renew` of the journal do.
    func finish(
        with hand: inout Hand,
        group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) async throws {
        guard !hand.outbox.isEmpty else { return try append(with: &hand) }
        group.addTask { [clock] in
            do { try await clock.sleep(for: Self.noticePatience) } catch { return }
            inbox.put(.noticesOverdue)
        }
        var isOverdue = false
        for await _ in inbox.bell {
            for message in inbox.takeAll() {
                switch message {
                case .told(let id, let outcome): try take(outcome, of: id, with: &hand)
                // Why also then: whoever presses Ctrl-C now waits for nothing but these.
                case .noticesOverdue, .input(.stop): isOverdue = true
                case .pulse(.renewal): try journal.renew(hand.lease, at: clock.now())
                case .unfit(let error): throw error
                case .input, .answer, .program, .overdue, .pulse(.requests), .pulse(.readiness), .readiness: break
                }
            }
            try append(with: &hand)
            if isOverdue { break }
            try tell(with: &hand, group: &group, inbox)
            if hand.outbox.isEmpty { break }
        }
        for left in hand.outbox.giveUp(after: Self.noticePatience) {
            let head = left.hasLeft ? left.letter.head : nil
            let input = RunInput.noticeEnded(left.letter.record.id, left.fate, head: head)
            try hand.take(input, at: clock.now())
        }
        try append(with: &hand)
    }
}
