import Foundation
import MigrateCore
import Testing

/// `docs/run-states.md` held against every state that small runs get into by any input.
@Suite("States of a run and its steps")
struct RunStatesTests {
    private static let explored: Explorer = {
        var explorer = Explorer()
        for night in nights { explorer.explore(night) }
        return explorer
    }()

    private static var nights: [Night] {
        var windowed = PlanStep.action("make", verify: true)
        windowed.window = "Sat 01:00-05:00 UTC"
        windowed.when = ".go"
        var kept = PlanStep.action("keep", effect: .nonIdempotent)
        kept.rollback = .keep
        var lost = PlanStep.action("lose")
        lost.rollback = .none(reason: "gone")
        let manual = PlanStep(
            id: "hand",
            phase: "phase-1",
            title: LocalizedText("hand"),
            work: .manual(text: LocalizedText("turn the key"))
        )
        var covered = PlanStep.action("make", needs: ["ask"])
        covered.retry = RetryPolicy(attempts: 2, patience: nil, interval: .seconds(1), ceiling: .seconds(1))
        var advisory = PlanStep.probe("look")
        advisory.onFailure = .continue
        let gated = PlanPhase(
            id: "phase-2",
            title: LocalizedText("two"),
            requirement: .init(rollbackReady: true, verifiedWithin: .seconds(60)),
            timeout: .seconds(60)
        )
        let first = PlanPhase(id: "phase-1", title: LocalizedText("one"))
        return [
            Night([windowed]), Night([kept]), Night([lost]), Night([manual], notices: .all),
            Night([.confirm("ask", "go"), covered], approvals: [ApprovalPolicy(name: "go")], notices: .all),
            Night.shift(parts: 3, notices: .all),
            Night([.action("make"), .probe("look", phase: "phase-2")], phases: [first, gated], notices: .all),
            Night([advisory]), Night([.action("make", effect: .nonIdempotent)]),
        ]
    }

    /// Section of the page under `heading`.
    private static func section(_ heading: String) throws -> String {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath()
        let file = tests.appending(path: "../../../../docs/run-states.md").standardized
        let text = try String(contentsOf: file, encoding: .utf8)
        return try #require(text.components(separatedBy: "\n## ").first { $0.hasPrefix(heading) })
    }

    /// States in the table of a section.
    private static func states(_ heading: String) throws -> Set<String> {
        Set(try section(heading).matches(of: /\n\| `([a-z_]+)` \|/).map { String($0.1) })
    }

    /// Arrows in the diagram of a section.
    private static func arrows(_ heading: String) throws -> Set<Explorer.Step> {
        Set(
            try section(heading).matches(of: /\n +([a-z_]+) --> ([a-z_]+)/).map {
                Explorer.Step(from: String($0.1), to: String($0.2))
            }
        )
    }

    private static func text(_ steps: Set<Explorer.Step>) -> [String] { steps.map { "\($0.from) → \($0.to)" }.sorted() }

    @Test func everyStateOfAStepIsFollowedByWhatThePageSaysAndByNothingElse() throws {
        let page = try Self.arrows("Steps")
        #expect(Self.text(Self.explored.steps.subtracting(page)) == [], "not on the page")
        #expect(Self.text(page.subtracting(Self.explored.steps)) == [], "on the page, and never seen")
    }

    @Test func everyStateOfTheRunIsFollowedByWhatThePageSaysAndByNothingElse() throws {
        let page = try Self.arrows("Runs")
        #expect(Self.text(Self.explored.runs.subtracting(page)) == [], "not on the page")
        #expect(Self.text(page.subtracting(Self.explored.runs)) == [], "on the page, and never seen")
    }

    @Test func everyStateIsOnThePage() throws {
        #expect(try Self.states("Steps") == StepRecord.words)
        #expect(try Self.states("Runs") == Set(RunSnapshot.Status.allCases.map(\.rawValue)))
    }

    @Test func everyStateKeepsTheRules() { #expect(Self.explored.broken.sorted() == []) }

    @Test func theWalkIsThorough() {
        #expect(Self.explored.count > 6_000)
        #expect(Self.explored.cut == [])
    }
}
