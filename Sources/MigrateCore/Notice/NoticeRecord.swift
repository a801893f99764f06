/// What is on record of one notice.
public struct NoticeRecord: Sendable, Hashable, Codable {
    /// Which.
    public var id: NoticeID
    /// What it says, in our own words.
    public var text: String
    /// When the moment came.
    public var at: Timestamp
    /// What became of it; nil while it is on its way.
    public var fate: NoticeFate?
    /// When that was put on record.
    public var endedAt: Timestamp?
    /// Head of the log that it carried: the hash of the last event of the commit that holds its intent.
    public var head: String?

    /// Makes the record of a notice that is about to be sent.
    public init(id: NoticeID, text: String, at: Timestamp) {
        self.id = id
        self.text = text
        self.at = at
    }
}
