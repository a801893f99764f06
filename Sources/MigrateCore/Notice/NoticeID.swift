/// One telling of one moment: what is sent at most once.
public struct NoticeID: Sendable, Hashable, Codable {
    /// Id of the notice in the runbook.
    public var notice: String
    /// Moment that it tells of.
    public var moment: RunMoment

    /// Makes an id.
    public init(_ notice: String, of moment: RunMoment) {
        self.notice = notice
        self.moment = moment
    }
}
