import MigrateCore
import Testing

@testable import Steps

/// Rules that every declaration of an AWS kind keeps.
@Suite struct AWSDeclarationTests {
    static let declarations = StepCatalog.aws.map { $0.declaration }

    @Test func namesAreUniqueWithinARole() {
        let names = Self.declarations.map { "\($0.role) \($0.name)" }
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: declarations) func everythingIsDocumented(_ kind: KindDeclaration) {
        #expect(!kind.summary.isEmpty && !kind.summary.hasSuffix("."))
        #expect(kind.source.hasPrefix("https://") && kind.source.contains("read 2026"))
        for parameter in kind.parameters { #expect(!parameter.about.isEmpty, "\(kind.name).\(parameter.name)") }
        for fact in kind.facts { #expect(!fact.value.isEmpty, "\(kind.name).\(fact.key)") }
    }

    @Test(arguments: declarations) func theExampleUsesTheKindAndItsRequiredParameters(_ kind: KindDeclaration) {
        #expect(kind.example.contains("\(kind.role == .probe ? "probe" : "do"): \(kind.partOf ?? kind.name)\n"))
        // A part shows the composite, which gives it what it needs.
        for parameter in kind.parameters where parameter.isRequired && kind.partOf == nil {
            #expect(kind.example.contains("\(parameter.name):"), "\(kind.name).\(parameter.name)")
        }
    }

    @Test(arguments: declarations) func actionsMutateAndProbesDoNot(_ kind: KindDeclaration) {
        let mutates = kind.permissions.contains { $0.mutates }
        // s3.write is the one probe that writes; it removes what it wrote.
        #expect(mutates == (kind.role == .action || kind.name == "s3.write"))
        #expect((kind.effect == .readOnly) == !mutates)
        // What people have read cannot be taken back, and needs not be.
        #expect((kind.rollback == .notNeeded) == (kind.role == .probe || kind.name == "sns.publish"))
    }

    @Test(arguments: declarations) func resourcesNameOnlyParameters(_ kind: KindDeclaration) {
        for permission in kind.permissions {
            for part in permission.resource.split(separator: "${").dropFirst() {
                let name = String(part.prefix { $0 != "}" })
                #expect(kind.parameters.contains { $0.name == name }, "\(kind.name): \(permission.resource)")
            }
        }
    }

    @Test func partsOfCompositesAreKindsOfTheCatalogThatTakeTheirParameters() throws {
        let samples: [String: Value] = [
            "iam.role": [
                "name": "r", "trust": ["Statement": []], "path": "/", "max_session": "1h",
                "inline": ["a": ["Statement": []]], "attached": ["arn:aws:iam::aws:policy/service-role/P"],
            ],
            "logs.group": ["name": "g", "retention_days": 30],
            "autoscaling.target": [
                "cluster": "c", "service": "s", "min": 1, "max": 4,
                "policies": ["cpu": ["metric": "cpu", "value": 70]],
            ],
            "elb.shift": ["load_balancer": "market", "old": "blue", "new": "green", "finish": "simple"],
        ]
        let composites = Self.declarations.filter { $0.expand != nil }
        #expect(Set(composites.map(\.name)) == Set(samples.keys))
        for composite in composites {
            let parts = try #require(try composite.expand?(samples[composite.name] ?? .null))
            #expect(Set(parts.map(\.name)).count == parts.count)
            for part in parts {
                let (name, role): (String, KindDeclaration.Role)
                switch part.work {
                case .action(let kind): (name, role) = (kind, .action)
                case .probe(let kind): (name, role) = (kind, .probe)
                case .soak: continue
                }
                let kind = try #require(Self.declarations.first { $0.name == name && $0.role == role })
                #expect(kind.partOf == nil || kind.partOf == composite.name)
                _ = try Parameters(part.parameters, of: kind)
            }
        }
    }
}
