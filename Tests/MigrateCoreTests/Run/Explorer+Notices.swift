import MigrateCore

/// What holds of telling people, whatever happens.
extension Explorer {
    /// Names of the rules that `entries` break, to which `input` led from `machine`.
    static func noticeRulesBroken(
        by entries: [JournalEntry],
        after machine: RunMachine,
        under input: RunInput
    ) -> Set<String> {
        var broken: Set<String> = []
        var state = machine.state
        for entry in entries {
            switch entry.event {
            case .run(.noticeIntended(let id, _)):
                if state.notices[id] != nil { broken.insert("a notice is due twice") }
                if isToldAgain(id, in: state) { broken.insert("a moment is told twice by one notice") }
            case .run(.noticeEnded(let id, _, _)):
                if state.notices[id].map({ $0.fate != nil }) ?? true { broken.insert("a notice ends that is not due") }
            case .run, .step, .change: break
            }
            state.apply(entry)
        }
        if case .begin = input, state.notices.pending.contains(where: { machine.state.notices[$0.id] != nil }) {
            broken.insert("what a dead process was telling is still on its way")
        }
        return broken
    }

    /// Whether nothing that people hear of has changed since the same thing was told.
    private static func isToldAgain(_ id: NoticeID, in state: RunState) -> Bool {
        guard let last = state.notices.records.last(where: { $0.id.notice == id.notice }) else { return false }
        let (one, other) = (last.id.moment, id.moment)
        let isSameThing =
            one.kind == other.kind && one.phase == other.phase && one.step == other.step && one.reason == other.reason
        return isSameThing && one.place == state.notices.lastChange
    }
}

extension [PlanNotice] {
    /// One notice that tells of every moment.
    static var all: [PlanNotice] {
        [
            PlanNotice(
                id: "team",
                call: ActionCall(kind: "tell", parameters: ["text": "${notice.text}"], effect: .nonIdempotent)
            )
        ]
    }
}
