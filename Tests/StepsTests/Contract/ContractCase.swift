import MigrateCore
import RunbookYAML
import Steps
import Testing

/// One kind of the catalog with the parameters of its own example, ready to be asked and made.
struct ContractCase: Sendable {
    /// Kind.
    let kind: KindDeclaration
    /// What its example becomes when it is planned: the step itself, or the parts of a composite.
    let steps: [PlanStep]
    /// Where the example's secrets come from.
    let secrets: [SecretDeclaration]
    /// What earlier steps of the example would have published.
    let facts: [String: Value]

    /// Text of every secret.
    static let secret = "https://hooks.example.com/s3cr3t-0123456789"

    /// Labels of all kinds, for reports of failures.
    static let labels = StepCatalog.declarations.map { "\($0.role) \($0.name)" }

    /// The kind called `label`, planned from its example.
    init(_ label: String) throws {
        kind = try #require(StepCatalog.declarations.first { "\($0.role) \($0.name)" == label })
        let (_, plan) = try RunbookReader.plan(
            text: ExampleRunbook(kind).text,
            file: "example.yaml",
            environmentName: "test",
            values: [:],
            catalog: KindTable(StepCatalog.declarations),
            expressions: JqExpressionChecker()
        )
        let name = kind.name
        let composites = Set(plan.steps.compactMap(\.composite))
        steps = plan.steps.filter { step in
            step.composite.map(composites.contains) ?? (step.work.kindName == name)
        }
        secrets = plan.secrets
        facts = Self.facts(of: kind)
    }

    private static func facts(of kind: KindDeclaration) -> [String: Value] {
        var steps: [String: Value] = [:]
        for reference in kind.example.split(separator: "${").dropFirst() {
            let path = reference.prefix { $0 != "}" }.split(separator: ".").map(String.init)
            guard path.first == "steps", path.count == 3 else { continue }
            steps[path[1]] = .object((steps[path[1]]?.object ?? [:]).merging([path[2]: "value"]) { $1 })
        }
        return ["steps": .object(steps)]
    }

    /// Environment that the secrets are in.
    var environment: [String: String] {
        var variables: [String: String] = [:]
        for secret in secrets {
            if case .environment(let name) = secret.source { variables[name] = Self.secret }
        }
        return variables
    }

    /// Scope of `step`.
    func scope(_ step: PlanStep) -> StepScope {
        StepScope(step: step.id, facts: facts, secrets: secrets, token: "0123456789abcdef0123456789abcdef")
    }
}
