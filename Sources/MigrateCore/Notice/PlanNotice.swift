/// Whom a plan tells of which moments, and how.
public struct PlanNotice: Sendable, Hashable, Codable {
    /// Id in the runbook.
    public var id: String
    /// Moments that it tells of.
    public var moments: [RunMoment.Kind]
    /// What carries it; `${notice.…}` in its parameters is filled in when it is sent.
    public var call: ActionCall
    /// Time that sending it may take.
    public var timeout: Duration

    /// Time that sending may take when the runbook says nothing.
    public static let usualTimeout: Duration = .seconds(10)

    /// Members of `${notice.…}`, with their meaning.
    public static let members: [String: String] = [
        "moment": "what came about: `phase_done`, `waiting`, `paused`, `backed_out`, `rolled_back`, `done`",
        "text": "what came about, in our own words",
        "head": "hash of the log's last event at that moment, which `migrate log --verify` shows too",
        "phase": "phase that it is about; null when it is about none",
        "step": "step that it is about; null when it is about none",
        "reason": "why the run is paused, in one word; null when it is not",
        "runbook": "name of the runbook",
        "environment": "name of the environment",
        "run": "number of the run",
        "at": "when the moment came, in UTC",
    ]

    /// Makes a notice.
    public init(
        id: String,
        moments: [RunMoment.Kind] = RunMoment.Kind.allCases,
        call: ActionCall,
        timeout: Duration = PlanNotice.usualTimeout
    ) {
        self.id = id
        self.moments = moments
        self.call = call
        self.timeout = timeout
    }
}

extension PlanNotice: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let call = try reader.read(ActionCall.self, "call")
        let id = try reader.text("id")
        let moments = try reader.list("moments") { (reader) throws(Unfit) -> RunMoment.Kind in
            guard let kind = RunMoment.Kind(rawValue: try reader.text()) else { throw Unfit() }
            return kind
        }
        self.init(id: id, moments: moments, call: call, timeout: try reader.duration("timeout"))
        try reader.leave()
    }
}
