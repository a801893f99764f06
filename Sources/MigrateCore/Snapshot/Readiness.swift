/// How ready a rollback is.
public enum Readiness: Sendable, Hashable {
    /// It would run; what it would do.
    case ready(String)
    /// It would not be undone anyway; why.
    case notUndone(String)
    /// The world is not as this run left it.
    case stale(String)
    /// It cannot run.
    case impossible(String)
    /// Nobody can say whether the change to undo happened; what is known of it.
    case inDoubt(String)
    /// It could not be told.
    case unknown(String)

    /// Word and reason.
    public var summary: String {
        switch self {
        case .ready(let text): "ready: \(text)"
        case .notUndone(let text): "not undone: \(text)"
        case .stale(let text): "stale: \(text)"
        case .impossible(let text): "impossible: \(text)"
        case .inDoubt(let text): "in doubt: \(text)"
        case .unknown(let text): "unknown: \(text)"
        }
    }
}
