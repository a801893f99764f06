import MigrateCore

/// A plan as a diagram: phases as boxes, steps as nodes, what needs what as arrows.
public enum GraphReport {
    /// Mermaid's text of `plan`; with `record` each step in the colour of its state.
    ///
    /// Items of one loop are one node, as are the parts of a composite: a diagram is there to be taken in at a glance.
    /// Source: https://mermaid.js.org/syntax/flowchart.html
    public static func mermaid(of plan: Plan, state: RunState?, language: Language) -> String {
        let nodes = GraphNodes(of: plan)
        var lines = ["flowchart TB"]
        for (number, phase) in plan.phases.enumerated() {
            lines.append("  subgraph p\(number)[\"\(escaped("\(phase.id)  \(phase.title.text(in: language))"))\"]")
            lines.append("    direction TB")
            for node in nodes.all where node.phase == phase.id {
                lines.append("    \(node.name)\(shape(of: node, language: language))")
            }
            lines.append("  end")
        }
        for (number, _) in plan.phases.enumerated().dropLast() { lines.append("  p\(number) --> p\(number + 1)") }
        for arrow in nodes.arrows { lines.append("  \(arrow.from) --> \(arrow.to)") }
        guard let state else { return lines.joined(separator: "\n") }
        let classes = Dictionary(grouping: nodes.all) { worst(of: $0.steps, in: state) }
        for (name, style) in styles where classes[name] != nil {
            lines.append("  classDef \(name) \(style)")
            lines.append("  class \((classes[name] ?? []).map(\.name).joined(separator: ",")) \(name)")
        }
        return lines.joined(separator: "\n")
    }

    /// A probe is round, an action has corners, what waits for people is a hexagon.
    private static func shape(of node: GraphNodes.Node, language: Language) -> String {
        let count = node.items > 1 ? " ×\(node.items)" : ""
        let about = node.title?.text(in: language) ?? node.work.kindName
        let text = "\"\(escaped("\(node.id)\(count)"))<br/>\(escaped(about))\""
        return switch node.work {
        case .probe: "([\(text)])"
        case .action: "[\(text)]"
        case .confirm, .manual: "{{\(text)}}"
        case .soak: "[/\(text)/]"
        }
    }

    /// Text that Mermaid takes as text.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in VisibleText.make(text) {
            switch character {
            case "\"": out += "#quot;"
            case "<": out += "#lt;"
            case ">": out += "#gt;"
            case "#": out += "#35;"
            case "`": out += "#96;"
            default: out.append(character)
            }
        }
        return out
    }

    private static let styles = [
        ("bad", "fill:#fdd,stroke:#a00,color:#000"), ("busy", "fill:#def,stroke:#069,color:#000"),
        ("wait", "fill:#ffd,stroke:#960,color:#000"), ("good", "fill:#dfd,stroke:#060,color:#000"),
    ]

    /// Class of the state that says most about `steps`; empty for steps that are still to come.
    private static func worst(of steps: [StepID], in state: RunState) -> String {
        let tones = Set(steps.compactMap { state.record(of: $0) }.map { StateMark(word: $0.word).tone })
        return if tones.contains(.bad) {
            "bad"
        } else if tones.contains(.busy) {
            "busy"
        } else if tones.contains(.caution) {
            "wait"
        } else if tones.contains(.good) || tones.contains(.plain) {
            "good"
        } else {
            ""
        }
    }
}
