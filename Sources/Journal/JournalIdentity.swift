/// What a journal is about: one runbook in one environment.
public struct JournalIdentity: Sendable, Hashable {
    /// Runbook's name.
    public var runbook: String
    /// Environment's name.
    public var environment: String

    /// Makes an identity.
    public init(runbook: String, environment: String) {
        self.runbook = runbook
        self.environment = environment
    }
}

/// What a journal is opened for.
public enum JournalMode: Sendable, Hashable {
    /// To read and write; `create` makes the file when there is none.
    case readWrite(create: Bool)
    /// To read; not a byte is written, beside the file either.
    case readOnly
}
