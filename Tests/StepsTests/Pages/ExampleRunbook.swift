import MigrateCore

/// A runbook around the example of a kind: with the variables, secrets and earlier steps that the example names.
struct ExampleRunbook {
    let text: String

    init(_ kind: KindDeclaration) {
        var variables: Set<String> = []
        var secrets: Set<String> = []
        var captured: [String: Set<String>] = [:]
        for reference in kind.example.split(separator: "${").dropFirst() {
            let path = reference.prefix { $0 != "}" }.split(separator: ".").map(String.init)
            switch path.first {
            case "secrets"?: secrets.insert(path[1])
            case "steps"?: captured[path[1], default: []].insert(path[2])
            case let name?: variables.insert(name)
            case nil: break
            }
        }
        var lines = ["migrate: 1", "runbook: example"]
        if !variables.isEmpty { lines.append("variables:") }
        lines += variables.sorted().map { "  \($0): {default: \"\(Self.sample(of: $0))\"}" }
        if !secrets.isEmpty { lines.append("secrets:") }
        lines += secrets.sorted().map { "  \($0): {env: SECRET_\($0.uppercased())}" }
        lines += ["phases:", "  - id: only", "    steps:"]
        for (step, facts) in captured.sorted(by: { $0.key < $1.key }) {
            let capture = facts.sorted().map { "\($0): .status" }.joined(separator: ", ")
            lines += [
                "      - {id: \(step), probe: http, with: {url: \"http://a\"}, capture: {\(capture)}}"
            ]
        }
        lines += kind.example.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)" }
        // Kinds without a way back of their own need a word on it, which is not what their example is about.
        if kind.role == .action, kind.rollback == .none, !kind.example.contains("rollback:") {
            lines.append("        rollback: {none: an example}")
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func sample(of name: String) -> String { name == "zone" ? "example.com" : "value" }
}
