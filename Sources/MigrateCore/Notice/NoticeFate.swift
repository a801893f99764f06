/// What became of a notice.
public enum NoticeFate: Sendable, Hashable, Codable {
    /// Whoever carries it took it.
    case sent
    /// It was certainly not sent.
    case refused(Problem)
    /// Nobody knows whether it came; it is not sent again.
    case unknown(Problem)

    /// What is wrong; nil when nothing is.
    public var problem: Problem? {
        switch self {
        case .sent: nil
        case .refused(let problem), .unknown(let problem): problem
        }
    }
}
