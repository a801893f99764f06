/// What a run carries out from one of its revisions on.
public struct RunDefinition: Sendable, Hashable {
    /// Its number; the one that the run began with is 1.
    public var revision: Int
    /// Plan.
    public var plan: Plan
    /// SHA-256 of the plan's canonical text, in hexadecimal.
    public var digest: String
    /// Text of the runbook as it was read.
    public var source: String

    /// Makes a definition.
    public init(revision: Int, plan: Plan, digest: String, source: String) {
        self.revision = revision
        self.plan = plan
        self.digest = digest
        self.source = source
    }
}
