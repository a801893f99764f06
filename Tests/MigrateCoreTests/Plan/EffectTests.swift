import MigrateCore
import Testing

/// What may be done when an outcome is unknown is told of the step as it is written.
@Suite struct EffectTests {
    private static func kind(restsOn names: [String]) -> KindDeclaration {
        KindDeclaration(
            name: "program",
            role: .action,
            summary: "Runs",
            parameters: [],
            effect: .reconcilable,
            effectRestsOn: names,
            rollback: .captured,
            source: "none",
            example: "none"
        )
    }

    @Test(arguments: [[:], ["look": .null], ["look": []], ["look": [:]], ["look": false], ["other": "x"]] as [Value])
    func withoutAWayToLookNobodyCanTell(parameters: Value) {
        #expect(Self.kind(restsOn: ["look"]).effect(with: parameters) == .nonIdempotent)
        #expect(Self.kind(restsOn: []).effect(with: parameters) == .reconcilable)
    }

    @Test(arguments: [["look": ["test"]], ["again": true], ["look": "${late}"]] as [Value])
    func oneWayToLookIsEnough(parameters: Value) {
        #expect(Self.kind(restsOn: ["look", "again"]).effect(with: parameters) == .reconcilable)
    }
}
