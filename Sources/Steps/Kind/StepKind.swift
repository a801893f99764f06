import MigrateCore

/// A kind of step: what `probe:` and `do:` name in a runbook.
protocol StepKind: Sendable {
    /// What the kind says of itself.
    static var declaration: KindDeclaration { get }
}

/// A kind that expands into parts at planning and does nothing itself.
///
/// Its `declaration.expand` must be there; a test over the catalog holds that.
protocol CompositeKind: StepKind {}
