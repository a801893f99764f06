/// What an approval covers, as it was when people were asked: the steps up to the next `confirm` or the phase's end,
/// with what each would do.
public struct ApprovalSubject: Sendable, Hashable, Codable {
    /// One covered step.
    public struct Covered: Sendable, Hashable, Codable {
        /// Step.
        public var step: StepID
        /// What is foreseen, in one word: `over`, `holds`, `change`, `waits`, `stops`, `unknown`, `later`.
        public var outlook: String
        /// The change it would make, where that is known: kind, parameters, images; no token.
        public var change: Value
        /// One line for people; may hold times, and does not count.
        public var summary: String

        /// Makes a covered step.
        public init(step: StepID, outlook: String, change: Value = .null, summary: String) {
            self.step = step
            self.outlook = outlook
            self.change = change
            self.summary = summary
        }
    }
    /// Covered steps, in plan order.
    public var steps: [Covered]
    /// What coming back would cost from there, a line each; figures move, and do not count.
    public var costs: [String]
    /// Hash over everything that counts, in hexadecimal.
    public var digest: String

    /// Makes a subject.
    public init(steps: [Covered], costs: [String] = [], digest: String) {
        self.steps = steps
        self.costs = costs
        self.digest = digest
    }

    /// What counts, as one value: the definition, and each step with its outlook and change.
    ///
    /// Why without summaries: they hold times and request ids, and an approval must go stale only when something that
    /// matters has changed.
    public static func canonical(definition: String, steps: [Covered]) -> Value {
        [
            "definition": .string(definition),
            "steps": .array(
                steps.map { ["step": .string($0.step.rawValue), "outlook": .string($0.outlook), "change": $0.change] }
            ),
        ]
    }

    /// The part of `change` that counts.
    public static func canonical(_ change: Change) -> Value {
        ["kind": .string(change.kind), "parameters": change.parameters, "from": change.from, "to": change.to]
    }

    /// How `other` differs, for people; nil when the digests agree.
    public func difference(from other: ApprovalSubject) -> String? {
        guard digest != other.digest else { return nil }
        let known = Dictionary(steps.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
        let changed = other.steps.filter { covered in
            guard let before = known[covered.step] else { return true }
            return before.outlook != covered.outlook || before.change != covered.change
        }
        let gone = Set(steps.map(\.step)).subtracting(other.steps.map(\.step)).map(\.rawValue).sorted()
        let lines = changed.map { "`\($0.step)`: \($0.summary)" } + gone.map { "`\($0)` is no longer part of it" }
        return lines.isEmpty ? "the definition" : lines.joined(separator: "; ")
    }
}
