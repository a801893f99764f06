import MigrateCore
import Testing

/// What one id means of others.
@Suite struct StepIDTests {
    @Test(arguments: [
        ("push", "push", true), ("push", "push[mimir]", true), ("push", "push[mimir]/wait", true),
        ("push[mimir]", "push[mimir]/wait", true), ("shift", "shift/w10", true), ("push", "pushed", false),
        ("push[mimir]", "push", false), ("push[mimir]", "push[loki]", false), ("shift/w1", "shift/w10", false),
    ]) func aLoopAndACompositeCoverTheirSteps(id: StepID, other: StepID, isCovered: Bool) {
        #expect(id.covers(other) == isCovered)
    }
}
