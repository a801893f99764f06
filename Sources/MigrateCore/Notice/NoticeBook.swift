/// What a run has told, is telling and could not tell.
public struct NoticeBook: Sendable, Hashable {
    /// Notices in the order of their moments.
    public private(set) var records: [NoticeRecord] = []
    /// Number of the last event by which anything changed that people hear of.
    public private(set) var lastChange = 0
    /// Notices that are on record and have no end there.
    public private(set) var pendingCount = 0

    private var places: [NoticeID: Int] = [:]

    /// Makes an empty book.
    public init() {}

    /// Record of the notice `id`; nil when its moment never came.
    public subscript(_ id: NoticeID) -> NoticeRecord? { places[id].map { records[$0] } }

    /// Notices on their way, or lost by a process that is gone.
    public var pending: [NoticeRecord] { pendingCount == 0 ? [] : records.filter { $0.fate == nil } }

    /// Notices of which it is not certain that they came.
    public var untold: [NoticeRecord] { records.filter { $0.fate?.problem != nil } }

    mutating func noteChange(at sequence: Int) { lastChange = sequence }

    mutating func add(_ id: NoticeID, _ text: String, at time: Timestamp) {
        guard places[id] == nil else { return }
        places[id] = records.count
        records.append(NoticeRecord(id: id, text: text, at: time))
        pendingCount += 1
    }

    mutating func end(_ id: NoticeID, _ fate: NoticeFate, head: String?, at time: Timestamp) {
        guard let place = places[id], records[place].fate == nil else { return }
        records[place].fate = fate
        records[place].head = head
        records[place].endedAt = time
        pendingCount -= 1
    }
}

extension RunEvent {
    /// Whether it is about telling people.
    public var isAboutNotice: Bool {
        switch self {
        case .run(.noticeIntended), .run(.noticeEnded): true
        case .run, .step, .change: false
        }
    }

    /// Whether anything changed by it that people hear of.
    ///
    /// Never so of what a session does by beginning, ending and looking.
    var isChange: Bool {
        switch self {
        case .step, .change: true
        case .run(let fact):
            switch fact {
            case .backOutStarted, .resumed, .canceled, .requirementAccepted, .revised: true
            case .sessionStarted, .sessionEnded, .backOutEnded, .halted, .requirementChecked, .phaseEnded,
                .requestTaken, .requestRefused, .noticeIntended, .noticeEnded:
                false
            }
        }
    }
}
