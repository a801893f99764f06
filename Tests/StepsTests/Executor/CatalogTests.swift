import MigrateCore
import Testing

@testable import Steps

/// What every kind of the catalog must keep to.
@Suite struct CatalogTests {
    @Test func namesAreUniqueInTheirRole() {
        let names = StepCatalog.declarations.map { "\($0.role) \($0.name)" }
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: StepCatalog.declarations.map(\.name))
    func everyDeclarationIsComplete(name: String) {
        for kind in StepCatalog.declarations where kind.name == name {
            #expect(!kind.summary.isEmpty && !kind.summary.hasSuffix("."))
            #expect(kind.example.contains(kind.role == .probe ? "probe: \(name)" : "do: \(kind.partOf ?? name)"))
            #expect(!kind.source.isEmpty)
            #expect(kind.parameters.allSatisfy { !$0.about.isEmpty && !$0.about.hasSuffix(".") })
            #expect(Set(kind.parameters.map(\.name)).count == kind.parameters.count)
            // A probe may leave a sample behind, never something that a second asking would double.
            #expect(kind.role == .action || [.readOnly, .convergent].contains(kind.effect))
        }
    }

    @Test func everyProgramHasAnOldestVersion() {
        for program in StepCatalog.declarations.flatMap({ $0.programs.joined() }) {
            #expect(program.least != nil, "\(program.name)")
        }
    }

    @Test func whatTheEffectRestsOnIsAParameter() {
        for kind in StepCatalog.declarations {
            #expect(Set(kind.effectRestsOn).isSubset(of: kind.parameters.map(\.name)), "\(kind.name)")
        }
    }

    @Test(
        arguments: [
            ("exec", ["command": ["do"], "undo": []], EffectClass.nonIdempotent),
            ("exec", ["command": ["do"], "undo": [], "reconcile": ["look"]], .reconcilable),
            ("aws.call", ["undo": [:], "repeatable": false], .nonIdempotent),
            ("aws.call", ["undo": [:], "repeatable": true], .reconcilable),
            ("aws.call", ["undo": [:], "observe": ["operation": "DescribeThings"]], .reconcilable),
        ] as [(String, Value, EffectClass)]
    )
    func aStepWithoutAWayToLookIsNotReconcilable(name: String, parameters: Value, effect: EffectClass) throws {
        let kind = try #require(StepCatalog.kind(name, as: .action)?.declaration)
        #expect(kind.effect(with: parameters) == effect)
    }

    @Test func everyKindDoesOneThing() {
        for kind in StepCatalog.all {
            let isComposite = kind is any CompositeKind.Type
            #expect((kind.declaration.expand != nil) == isComposite, "\(kind.declaration.name)")
            switch kind.declaration.role {
            case .probe: #expect(kind is any ProbeKind.Type, "\(kind.declaration.name)")
            case .action: #expect(isComposite || kind is any ActionKind.Type, "\(kind.declaration.name)")
            }
        }
    }

    @Test func defaultsFitTheirTypes() {
        for kind in StepCatalog.declarations {
            for parameter in kind.parameters {
                guard let value = parameter.defaultValue, !value.isNull else { continue }
                let fits =
                    switch parameter.type {
                    case .string, .expression: value.string != nil
                    case .integer: value.integer != nil
                    case .number: value.number != nil
                    case .boolean: value.bool != nil
                    case .duration: value.string.map { Duration(text: $0) != nil } ?? false
                    case .percent: value.integer.map { (0...100).contains($0) } ?? false
                    case .choice(let words): value.string.map { words.contains($0) } ?? false
                    case .list: value.array != nil
                    case .mapping: value.object != nil
                    case .any: true
                    }
                #expect(fits, "\(kind.name) \(parameter.name)")
            }
        }
    }
}
