/// That a run goes over to another definition, as its journal keeps it.
public struct PlanRevision: Sendable, Hashable, Codable {
    /// Number of the definition; the one that the run began with is 1.
    public var number: Int
    /// SHA-256 of the canonical text of its plan, in hexadecimal.
    public var digest: String
    /// SHA-256 of the runbook's text, in hexadecimal.
    public var sourceDigest: String
    /// Who made it so.
    public var by: String
    /// Steps that the definition before did not have.
    public var added: [StepID]
    /// Steps that it had, and that are no more.
    public var removed: [StepID]
    /// Steps that do something else now.
    public var changed: [StepID]

    /// Makes a revision.
    public init(
        of definition: RunDefinition,
        sourceDigest: String,
        by: String,
        comparison: PlanComparison
    ) {
        number = definition.revision
        digest = definition.digest
        self.sourceDigest = sourceDigest
        self.by = by
        added = comparison.added
        removed = comparison.removed
        changed = comparison.changed.map(\.step)
    }
}
