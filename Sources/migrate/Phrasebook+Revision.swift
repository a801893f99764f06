import MigrateCore
import Reports

/// Words about definitions of a run and what tells one from another.
extension Phrasebook {
    /// How a step differs, a line for each member.
    static func words(_ difference: StepDifference) -> String {
        guard !difference.members.isEmpty else { return "  \(difference.step): is no longer there" }
        let members = difference.members.map { member in
            "\n    \(member.name): \(text(of: member.before)) → \(text(of: member.after))"
        }
        return "  \(difference.step):\(members.joined())"
    }

    private static func text(of value: Value) -> String { value.isNull ? "nothing" : value.text }
}
