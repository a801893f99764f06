import MigrateCore
import Reports
import Testing

@Suite("Worlds compared")
struct WorldDifferenceTests {
    private let before: Value = ["dns": ["a": ["ttl": 300]], "logs": [:], "roles": ["old": 1]]

    @Test func equalWorldsDoNotDiffer() { #expect(WorldDifference.all(from: before, to: before).isEmpty) }

    @Test func eachDifferenceIsNamedByItsPlace() {
        let after: Value = ["dns": ["a": ["ttl": 60]], "logs": ["/ecs/x": [:]], "roles": [:]]
        #expect(
            WorldDifference.all(from: before, to: after).map(\.text) == [
                "dns/a/ttl: 300 became 60", "logs//ecs/x: appeared", "roles/old: gone",
            ]
        )
    }

    @Test func whatIsKeptMayAppearAndMustNotChangeOrVanish() {
        let kept: Set = ["/ecs/x", "https://token.example", "old"]
        let after: Value = ["dns": ["a": ["ttl": 300]], "logs": ["/ecs/x": [:], "/ecs/y": [:]], "roles": ["old": 2]]
        let left = WorldDifference.all(from: before, to: after).filter { !$0.isExcused(by: kept) }
        #expect(left.map(\.text) == ["logs//ecs/y: appeared", "roles/old: 1 became 2"])
        let provider = WorldDifference(path: ["iam.oidc", "token.example"], before: nil, after: [:])
        #expect(provider.isExcused(by: kept))
    }
}
