import MigrateCore

/// What a run would do now.
public enum PlanReport {
    /// What is foreseen for a step.
    public enum Outlook: Sendable, Hashable {
        case quiet(String)
        case change(String, from: Value, to: Value)
        case waits(String)
        case stops(String, hint: String?)
        case unknown(String, hint: String?)
        case later
    }

    /// One step and its outlook.
    public struct Line: Sendable, Hashable {
        let step: StepID
        let outlook: Outlook
        /// Makes a line.
        public init(step: StepID, outlook: Outlook) {
            self.step = step
            self.outlook = outlook
        }
    }

    /// Text by phase, then a count.
    public static func text(of lines: [Line], in plan: Plan) -> String {
        let byStep = Dictionary(lines.map { ($0.step, $0.outlook) }, uniquingKeysWith: { $1 })
        var out: [String] = []
        for phase in plan.phases {
            let steps = plan.steps(of: phase.id).filter { byStep[$0.id] != nil }
            if steps.isEmpty { continue }
            out.append("\(phase.id)  \(phase.title.text(in: "en"))")
            for step in steps { out += text(of: byStep[step.id] ?? .later, step.id) }
        }
        let changes = lines.filter { if case .change = $0.outlook { true } else { false } }.count
        let stops = lines.filter { if case .stops = $0.outlook { true } else { false } }.count
        let later = lines.filter { $0.outlook == .later }.count
        return (out + ["", "\(changes) to change, \(stops) would stop the run, \(later) known only later"])
            .joined(separator: "\n")
    }

    private static func text(of outlook: Outlook, _ id: StepID) -> [String] {
        switch outlook {
        case .quiet(let text): return ["  = \(id)  \(text)"]
        case .change(let summary, let from, let to): return ["  → \(id)  \(summary)"] + difference(from, to)
        case .waits(let text): return ["  … \(id)  \(text)"]
        case .stops(let text, let hint): return ["  ✗ \(id)  \(text)"] + (hint.map { ["      hint: \($0)"] } ?? [])
        case .unknown(let text, let hint): return ["  ? \(id)  \(text)"] + (hint.map { ["      hint: \($0)"] } ?? [])
        case .later: return ["  · \(id)  depends on what earlier steps find"]
        }
    }

    private static func difference(_ from: Value, _ to: Value) -> [String] {
        guard !from.isNull else { return [] }
        let names = Set((from.object ?? [:]).keys).union((to.object ?? [:]).keys).sorted()
        return names.filter { from[$0] != to[$0] }.flatMap { name in
            ["      - \(name): \(from[name].text)", "      + \(name): \(to[name].text)"]
        }
    }

    /// List of `{step, outlook, text}`.
    public static func json(of lines: [(StepID, String, String)]) throws -> Value {
        .array(lines.map { ["step": .string($0.0.rawValue), "outlook": .string($0.1), "text": .string($0.2)] })
    }
}
