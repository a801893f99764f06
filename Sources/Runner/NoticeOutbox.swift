import MigrateCore

/// Notices whose intents are durable: those that wait for their turn and those on their way.
///
/// One at a time for each notice of the runbook, so that people read them in the order of their moments and an address
/// that hangs holds up its own only.
struct NoticeOutbox {
    /// A notice, and the head of the log that it carries.
    struct Letter: Sendable {
        /// What is on record of it.
        var record: NoticeRecord
        /// Hash of the last event of the commit that made its intent durable.
        var head: String
    }

    /// Most notices on their way at once.
    static let room = 4

    private var taken: Set<NoticeID> = []
    private var waiting: [Letter] = []
    /// Why a list: what became of them is put on record in the order in which they left.
    private var underWay: [Letter] = []

    /// Whether nothing waits and nothing is on its way.
    var isEmpty: Bool { waiting.isEmpty && underWay.isEmpty }

    /// Records among `records` that were not taken in yet.
    func new(among records: [NoticeRecord]) -> [NoticeRecord] { records.filter { !taken.contains($0.id) } }

    /// Takes in `records`, whose intents have become durable under `head`.
    mutating func add(_ records: [NoticeRecord], head: String) {
        for record in records where taken.insert(record.id).inserted {
            waiting.append(Letter(record: record, head: head))
        }
    }

    /// Takes the next one whose turn it is; nil when there is none.
    mutating func next() -> Letter? {
        guard underWay.count < Self.room else { return nil }
        let busy = Set(underWay.map(\.record.id.notice))
        guard let place = waiting.firstIndex(where: { !busy.contains($0.record.id.notice) }) else { return nil }
        let letter = waiting.remove(at: place)
        underWay.append(letter)
        return letter
    }

    /// Takes out the one that came to its end; nil when it is not on its way.
    mutating func end(_ id: NoticeID) -> Letter? {
        underWay.firstIndex { $0.record.id == id }.map { underWay.remove(at: $0) }
    }

    /// Takes out all that are left, with what is to be said of each.
    mutating func giveUp(after patience: Duration) -> [(letter: Letter, fate: NoticeFate, hasLeft: Bool)] {
        let lost = underWay.map { letter in
            (letter, NoticeFate.unknown(Problem("no answer within \(patience.shortText) of the session's end")), true)
        }
        let kept = waiting.map { letter in
            (letter, NoticeFate.refused(Problem("the session ended before its turn came")), false)
        }
        (waiting, underWay) = ([], [])
        return (lost + kept).map { (letter: $0.0, fate: $0.1, hasLeft: $0.2) }
    }
}
