extension StepCatalog {
    /// Kinds that speak to AWS services other than Route 53; one a line.
    static let aws: [any StepKind.Type] = []
}
