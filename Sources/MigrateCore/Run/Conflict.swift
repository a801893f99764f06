/// A thing that somebody changed since this run did; nothing of it was touched.
public struct Conflict: Sendable, Hashable {
    /// As it was before this run; nil when it was not there, or that is not on record.
    public var before: Value?
    /// As this run left it.
    public var ours: Value
    /// As it was found.
    public var theirs: Value

    /// Makes a conflict.
    public init(before: Value?, ours: Value, theirs: Value) {
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
        case .back, .home:
            return Problem(
                "changed by somebody else since this run, and not touched. \(shown)",
                hint: "put it back as `ours` says, then `migrate rollback --continue`, "
                    + "or leave it with `--skip STEP --reason WHY`"
            )
        }
    }
}

extension RunState {
    /// Image that an earlier part of the same shift left, which the part `id` must find; nil for anything else.
    public func imageLeft(before id: StepID) -> Value? {
        guard let index = places.steps[id], plan.steps[index].traffic != nil else { return nil }
        return earlierMoves(of: index).last.flatMap { records[$0].owned?.after }
    }

    /// Image of what the step `id` changes as it was before this run; nil when it was not there, or this run has not
    /// changed it.
    func imageBefore(_ id: StepID) -> Value? {
        guard let index = places.steps[id], let owned = records[earlierMoves(of: index).first ?? index].owned else {
            return nil
        }
        return owned.before.isNull ? Value?.none : owned.before
    }

    /// Parts of the same shift that changed before the part at `index` what it changes, in the order of their starts.
    private func earlierMoves(of index: Int) -> [Int] {
        let parts = places.shift(plan.steps[index].composite)?.parts ?? []
        return parts.filter { $0 < index && plan.steps[$0].traffic != nil && records[$0].owned != nil }
            .sorted { records[$0].startOrder ?? 0 < records[$1].startOrder ?? 0 }
    }
}
