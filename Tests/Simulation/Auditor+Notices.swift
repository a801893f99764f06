import MigrateCore

/// Rules about telling people: only what is on record, once, and as the record says.
extension Auditor {
    /// Notes that a notice leaves.
    func tells(_ token: String, by process: SimulatedProcess) {
        let isDue = shadow.notices.pending.contains { shadow.scope(of: $0, head: "").token == token }
        demand(isDue || process.epoch != epoch, "a notice leaves without an intent on record")
        demand(notices[token] == nil, "a notice is sent twice")
        notices[token] = false
    }

    /// Notes that a notice came.
    func told(_ token: String) {
        demand(notices[token] == false, "a notice came twice")
        notices[token] = true
        story("a notice comes")
    }

    /// Holds what is on record of a notice against what happened.
    func judge(_ fate: NoticeFate, of id: NoticeID) {
        guard let record = shadow.notices[id] else { return violated("\(id) has an end, and was never due") }
        demand(record.fate == nil, "\(id) has two ends")
        let token = shadow.scope(of: record, head: "").token
        switch fate {
        case .sent: demand(notices[token] == true, "\(id) is said to be sent, and never came")
        case .refused: demand(notices[token] != true, "\(id) is said to be refused, and came")
        case .unknown: break
        }
    }
}
