/// Where the facts of a step stand under `steps` in `${…}`.
public enum StepFacts {
    /// Adds `captures` of the step `id` to `steps`.
    ///
    /// Shape: `id` → `steps.id.fact`, `id[item]` → `steps.id.item.fact`; parts of a composite add to their composite.
    /// Why in place: a run of thousands of steps would copy what all of them said for each thing that one says.
    static func add(_ captures: [String: Value], of id: StepID, to steps: inout Value) {
        var path = [id.declared]
        if let item = item(of: id) { path.append(item) }
        add(captures, at: path[...], to: &steps)
    }

    /// Item of a `for_each` that `id` belongs to.
    public static func item(of id: StepID) -> String? {
        let text = id.rawValue
        guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else { return nil }
        return String(text[text.index(after: open)..<close])
    }

    private static func add(_ captures: [String: Value], at path: ArraySlice<String>, to node: inout Value) {
        var members = node.object ?? [:]
        // Why emptied: what two places hold is copied when one of them changes.
        node = .null
        if let name = path.first {
            var child = members.updateValue(.null, forKey: name) ?? .object([:])
            add(captures, at: path.dropFirst(), to: &child)
            members[name] = child
        } else {
            members.merge(captures) { $1 }
        }
        node = .object(members)
    }
}
