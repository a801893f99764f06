/// Finds gates that would mean nothing: a point of no return nobody agrees to, a window on what changes nothing, a
/// watch on what does not wait.
struct GateCheck {
    let drafts: [StepDraft]
    let order: OrderCheck

    /// Mistakes, in no order.
    var problems: [Diagnostic] {
        drafts.indices.flatMap { [unapproved($0), idleWindow($0), idleWatch($0)].compactMap(\.self) }
    }

    /// Why an approval of its own: whoever agrees must see what coming back would cost from exactly there.
    private func unapproved(_ index: Int) -> Diagnostic? {
        let step = drafts[index].declaration
        guard step.isPointOfNoReturn else { return nil }
        let isAsked = order.needs[index].contains { need in
            guard case .confirm = drafts[need].declaration.work else { return false }
            return !drafts.indices.contains { $0 != index && order.needs[$0].contains(need) }
        }
        guard !isAsked else { return nil }
        return Diagnostic(
            "`\(step.id)` is a point of no return and has no approval of its own",
            at: step.location,
            length: step.id.count,
            hint: "put a `confirm:` step right before it, which nothing else waits for"
        )
    }

    private func idleWindow(_ index: Int) -> Diagnostic? {
        let step = drafts[index].declaration
        guard let window = step.window else { return nil }
        if case .action = step.work { return nil }
        return Diagnostic(
            "`\(step.id)` changes nothing, so its `window` would hold nothing back",
            at: step.windowLocation ?? step.location,
            length: window.count,
            hint: "give it to the step whose change must wait"
        )
    }

    private func idleWatch(_ index: Int) -> Diagnostic? {
        let draft = drafts[index]
        guard let watch = draft.declaration.watch.first else { return nil }
        switch draft.declaration.work {
        case .confirm, .manual, .soak: return nil
        case .probe, .action: break
        }
        // Why an empty one passes: what it expands to is not known, because something else is wrong with it.
        let parts = draft.items.flatMap(\.steps)
        let waits = parts.contains { step in
            if case .soak = step.work { true } else { step.isInShift }
        }
        guard !parts.isEmpty, !waits else { return nil }
        return Diagnostic(
            "`\(draft.declaration.id)` does not wait, so its `watch` would never be asked",
            at: watch.location,
            length: watch.kind.count,
            hint: "use `verify`, or put a `soak` with this watch behind it"
        )
    }
}
