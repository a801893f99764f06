/// A thing that somebody changed since this run did; nothing of it was touched.
public struct Conflict: Sendable, Hashable {
    /// As it was before this run; nil when it was not there, or that is not on record.
    public var before: Value?
    /// As this run left it.
    public var ours: Value
    /// As it was found.
    public var theirs: Value

    /// Command that brings traffic home from `theirs`; nil when there is none.
    public var byHand: String?

    /// Makes a conflict.
    public init(before: Value?, ours: Value, theirs: Value, byHand: String? = nil) {
        self.byHand = byHand
        self.before = before
        self.ours = ours
        self.theirs = theirs
    }

    /// Its versions, each with its name.
    public var versions: [(name: String, words: String)] {
        (before.map { [("before", $0.words)] } ?? []) + [("ours", ours.words), ("theirs", theirs.words)]
    }

    /// Problem of a step that was to go in `direction`.
    func problem(_ direction: Attempt.Direction) -> Problem {
        let shown = versions.map { "\($0.name): \($0.words)" }.joined(separator: ". ")
        switch direction {
        case .forward:
            return Problem(
                "changed by somebody else since this run, and not touched. \(shown)",
                hint: "talk to them; put it back as `ours` says, then `migrate run`, or bring traffic home by hand"
            )
        case .home:
            let command = byHand.map { ", or bring it home from `theirs` by hand: \($0)" } ?? ""
            return Problem(
                "changed by somebody else since this run, and not touched. \(shown)",
                hint: "put it back as `ours` says, then `migrate back-out`\(command)"
            )
        case .back:
            return Problem(
                "changed by somebody else since this run, and not touched. \(shown)",
                hint: "put it back as `ours` says, then `migrate rollback --continue`, "
                    + "or leave it with `--skip STEP --reason WHY`"
            )
        }
    }
}

extension RunState {
    /// Image that this run left of what the part `id` of a shift changes, and which it must find.
    ///
    /// Nil for anything else, while this run has changed nothing of it, and once what is there was taken as found.
    public func imageLeft(before id: StepID) -> Value? {
        guard let index = places.steps[id], plan.steps[index].traffic != nil else { return nil }
        let moves = moves(ofShiftAt: index)
        guard !moves.contains(where: { records[$0].isTakenAsFound }) else { return nil }
        // Why the newest whatever its place: what was left as it is may be done again from its beginning.
        let newest = moves.filter { records[$0].owned != nil }
            .max { records[$0].newestChange ?? 0 < records[$1].newestChange ?? 0 }
        return newest.flatMap { records[$0].owned }.map { $0.after ?? $0.change.to }
    }

    /// Image of what the step `id` changes as it was before this run; nil when it was not there, or this run has not
    /// changed it.
    func imageBefore(_ id: StepID) -> Value? {
        guard let index = places.steps[id] else { return nil }
        let first = moves(ofShiftAt: index).first { records[$0].owned != nil } ?? index
        guard let owned = records[first].owned else { return nil }
        return owned.before.isNull ? Value?.none : owned.before
    }

    /// Parts of the shift that the step at `index` is one of which change what it changes, by place.
    func moves(ofShiftAt index: Int) -> [Int] {
        (places.shift(plan.steps[index].composite)?.parts ?? []).filter { plan.steps[$0].traffic != nil }
    }
}
