/// A notice as a runbook has it.
public struct NoticeDeclaration: Sendable, Hashable {
    /// Id.
    public var id: String
    /// Where the id stands.
    public var location: SourceLocation
    /// Moments that it tells of; nil means all.
    public var moments: [RunMoment.Kind]?
    /// Kind that carries it.
    public var kind: String
    /// Where the kind stands.
    public var kindLocation: SourceLocation
    /// Parameters of the kind.
    public var parameters: SourceValue
    /// Time that sending it may take; nil means the usual one.
    public var timeout: Duration?

    /// Makes a notice that tells of everything.
    public init(
        id: String,
        location: SourceLocation,
        kind: String,
        kindLocation: SourceLocation,
        parameters: SourceValue
    ) {
        self.id = id
        self.location = location
        self.kind = kind
        self.kindLocation = kindLocation
        self.parameters = parameters
    }
}
