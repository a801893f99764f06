/// Where the facts of a step stand under `steps` in `${…}`.
public enum StepFacts {
    /// Adds `captures` of the step `id` to `steps`.
    ///
    /// Shape: `id` → `steps.id.fact`, `id[item]` → `steps.id.item.fact`; parts of a composite add to their composite.
    /// Why in place: a run of thousands of steps would copy what all of them said for each thing that one says.
    static func add(_ captures: [String: Value], of id: StepID, to steps: inout Value) {
        if let item = item(of: id) { return add(captures, at: [id.declared, item], to: &steps) }
        var members = steps.object ?? [:]
        steps = .null
        // Why apart: nearly every step says what it has to say once, and then its place is looked for once.
        if case .object(var known)? = members.updateValue(.object(captures), forKey: id.declared) {
            known.merge(captures) { $1 }
            members[id.declared] = .object(known)
        }
        steps = .object(members)
    }

    /// Item of a `for_each` that `id` belongs to.
    public static func item(of id: StepID) -> String? {
        let text = id.rawValue
        // Why first by bytes: most steps are no items, and characters are slow to find.
        guard text.utf8.contains(UInt8(ascii: "[")) else { return nil }
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
