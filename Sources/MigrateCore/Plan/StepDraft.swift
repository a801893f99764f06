/// What one step as written becomes, its order among the others not settled yet.
struct StepDraft {
    /// Step as written.
    let declaration: StepDeclaration
    /// Phase it stands in.
    let phase: PhaseID
    /// Its items: one without a key when there is no `for_each`.
    var items: [Item] = []
    /// Names that `${steps.ID.…}` may use, nil when that is not known because something is wrong with the step.
    var facts: Set<String>?

    /// Steps of a plan that one item becomes: several for a composite.
    struct Item {
        /// Key of the item; nil without `for_each`.
        var key: String?
        /// Steps in order, each waiting for the one before it.
        var steps: [PlanStep]
    }

    /// Keys of the items; nil without `for_each`.
    var keys: [String]? { declaration.forEach == nil ? nil : items.compactMap(\.key) }
}
