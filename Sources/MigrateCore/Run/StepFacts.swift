/// Where the facts of a step stand under `steps` in `${…}`.
public enum StepFacts {
    /// `steps` with `captures` of the step `id` added.
    ///
    /// Shape: `id` → `steps.id.fact`, `id[item]` → `steps.id.item.fact`; parts of a composite add to their composite.
    public static func adding(_ captures: [String: Value], of id: StepID, to steps: Value) -> Value {
        var path = [id.declared]
        if let item = item(of: id) { path.append(item) }
        return adding(captures, at: path[...], to: steps)
    }

    /// Item of a `for_each` that `id` belongs to.
    public static func item(of id: StepID) -> String? {
        let text = id.rawValue
        guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else { return nil }
        return String(text[text.index(after: open)..<close])
    }

    private static func adding(_ captures: [String: Value], at path: ArraySlice<String>, to node: Value) -> Value {
        var members = node.object ?? [:]
        guard let name = path.first else {
            members.merge(captures) { $1 }
            return .object(members)
        }
        members[name] = adding(captures, at: path.dropFirst(), to: members[name] ?? .object([:]))
        return .object(members)
    }
}
