/// How one definition of a run differs from the next.
public struct PlanComparison: Sendable, Hashable {
    /// Steps that only the later one has.
    public var added: [StepID]
    /// Steps that only the earlier one has.
    public var removed: [StepID]
    /// Steps of both that are not the same, in the order of the later one.
    public var changed: [StepDifference]

    /// Makes a comparison.
    public init(added: [StepID], removed: [StepID], changed: [StepDifference]) {
        self.added = added
        self.removed = removed
        self.changed = changed
    }

    /// Compares `earlier` with `later`.
    ///
    /// Throws: nothing that a plan can lead to; what its encoding throws.
    public init(from earlier: Plan, to later: Plan) throws {
        let before = Dictionary(earlier.steps.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(later.steps.map(\.id))
        added = later.steps.map(\.id).filter { before[$0] == nil }
        removed = earlier.steps.map(\.id).filter { !after.contains($0) }
        changed = try later.steps.compactMap { step in
            guard let old = before[step.id], old != step else { return nil }
            let difference = try StepDifference(from: old, to: step)
            return difference.members.isEmpty ? nil : difference
        }
    }
}

/// How a step differs between two definitions, in what it does; its title and why it exists may be worded anew.
public struct StepDifference: Sendable, Hashable {
    /// Step.
    public var step: StepID
    /// Members that are not the same, by name; empty when only words are, or when the step is gone.
    public var members: [Member]

    /// One member of a step.
    public struct Member: Sendable, Hashable {
        /// Name, as a plan's JSON has it: `work.action.parameters.command`.
        public var name: String
        /// What it was; null when it was not there.
        public var before: Value
        /// What it is; null when it is not there.
        public var after: Value

        /// Makes a member.
        public init(name: String, before: Value, after: Value) {
            self.name = name
            self.before = before
            self.after = after
        }
    }

    /// Members that only tell people about the step.
    private static let words: Set<String> = ["title", "why"]

    /// Makes a difference.
    public init(step: StepID, members: [Member]) {
        self.step = step
        self.members = members
    }

    /// Compares `earlier` with `later`, which have the same id.
    ///
    /// Why through JSON: a member that is added to steps one day is compared from that day on.
    /// Throws: nothing that a step can lead to; what its encoding throws.
    init(from earlier: PlanStep, to later: PlanStep) throws {
        step = later.id
        members = Self.members(try ValueEncoder.encode(earlier), try ValueEncoder.encode(later), at: [])
            .filter { !Self.words.contains(String($0.name.prefix { $0 != "." })) }
    }

    /// Members below `path` that are not the same, deepest names first where both sides have them.
    private static func members(_ before: Value, _ after: Value, at path: [String]) -> [Member] {
        if before == after { return [] }
        guard let old = before.object, let new = after.object else {
            return [Member(name: path.joined(separator: "."), before: before, after: after)]
        }
        return Set(old.keys).union(new.keys).sorted(by: Value.precedes).flatMap { name in
            // Why left out: `_0` is how the values of a case are written, and says nothing to people.
            members(old[name] ?? .null, new[name] ?? .null, at: name.hasPrefix("_") ? path : path + [name])
        }
    }
}

extension PlanStep {
    /// Whether `other` does the same in the same place; words for people do not count.
    func doesTheSame(as other: PlanStep) -> Bool {
        var other = other
        other.title = title
        other.why = why
        return self == other
    }
}
