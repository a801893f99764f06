import MigrateCore
import Synchronization

/// Makes small runbooks and plans them with a small catalog.
enum Planning {
    static let place = SourceLocation(file: "r.yaml", line: 1, column: 1)

    static func probe(
        _ id: String,
        kind: String = "http",
        forEach: (String, Value)? = nil,
        needs: [String]? = nil,
        url: String = "u",
        expect: String? = nil,
        with: Value? = nil
    ) -> StepDeclaration {
        var parameters: [String: Value] = ["url": .string(url)]
        if let expect { parameters["expect"] = .string(expect) }
        var step = step(id, .probe(kind: kind), with ?? .object(parameters))
        step.forEach = forEach.map { StepDeclaration.ForEach(name: $0.0, list: SourceValue($0.1)) }
        step.needs = needs.map { $0.map { StepDeclaration.Reference(id: $0, location: place) } }
        return step
    }

    static func action(_ id: String, kind: String, with: Value = ["name": "n"]) -> StepDeclaration {
        step(id, .action(kind: kind), with)
    }

    private static func step(_ id: String, _ work: StepDeclaration.Work, _ parameters: Value) -> StepDeclaration {
        StepDeclaration(
            id: id,
            location: place,
            title: LocalizedText(id),
            work: work,
            workLocation: place,
            parameters: SourceValue(parameters)
        )
    }

    static func variable(_ name: String, _ value: Value) -> VariableDeclaration {
        VariableDeclaration(name: name, location: place, defaultValue: SourceValue(value))
    }

    static func plan(
        variables: [VariableDeclaration] = [],
        values: [String: Value] = [:],
        phases: [[StepDeclaration]],
        checker: any ExpressionChecker = CountingChecker()
    ) throws(Diagnostics) -> Plan {
        let runbook = Runbook(
            id: "r",
            title: LocalizedText("r"),
            variables: variables,
            phases: phases.enumerated().map { index, steps in
                let id = PhaseID("p\(index)")
                return PhaseDeclaration(id: id, location: place, title: LocalizedText("p"), steps: steps)
            }
        )
        return try Planner.plan(
            runbook: runbook,
            environmentName: "test",
            values: values.mapValues { SourceValue($0) },
            catalog: KindTable(kinds),
            expressions: checker
        )
    }

    /// Ids of what each step waits for, by id.
    static func needs(_ plan: Plan) -> [String: [String]] {
        Dictionary(
            plan.steps.map { ($0.id.rawValue, $0.needs.map(\.rawValue)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    static let kinds = [
        kind("http", .probe, [.required("url", .any, "u"), .optional("expect", .expression, "e")]),
        kind("make", .action, [.required("name", .string, "n"), .optional("size", .integer, default: 1, "s")]),
        kind("thing", .probe, []),
        kind("thing", .action, []),
        kind("shift", .action, [.required("name", .string, "n")]) { _ in
            [
                part("home", "Home", .action(kind: "make"), .home), part("away", "Away", .action(kind: "make"), .away),
                part("soak", "Soak", .soak("5m"), nil),
            ]
        },
        kind("pair", .action, [.required("name", .string, "n")]) { _ in
            [part("one", "One", .action(kind: "make"), nil), part("two", "Two", .action(kind: "make"), nil)]
        },
    ]

    private static func kind(
        _ name: String,
        _ role: KindDeclaration.Role,
        _ parameters: [ParameterDeclaration],
        expand: (@Sendable (Value) throws -> [KindDeclaration.Part])? = nil
    ) -> KindDeclaration {
        KindDeclaration(
            name: name,
            role: role,
            summary: name,
            parameters: parameters,
            effect: role == .probe ? .readOnly : .reconcilable,
            rollback: role == .probe ? .notNeeded : .captured,
            facts: role == .probe ? ["status": "s"] : ["id": "i"],
            source: "",
            example: "",
            expand: expand
        )
    }

    private static func part(
        _ name: String,
        _ title: String,
        _ work: KindDeclaration.Part.Work,
        _ traffic: KindDeclaration.TrafficRole?
    ) -> KindDeclaration.Part {
        KindDeclaration.Part(
            name: name,
            title: LocalizedText(title),
            work: work,
            parameters: ["name": "n"],
            traffic: traffic
        )
    }
}

/// Takes every expression and remembers what it was asked.
final class CountingChecker: ExpressionChecker {
    private let calls = Mutex<[[String]]>([])

    var asked: [[String]] { calls.withLock { $0 } }

    func check(_ expressions: [MigrateCore.Expression]) -> [Diagnostic] {
        calls.withLock { $0.append(expressions.map(\.text)) }
        return []
    }

    func matches(_ text: String, pattern: String) -> Bool? { true }
}
