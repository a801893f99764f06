import MigrateCore
import Testing

@testable import Reports

@Suite struct GraphReportTests {
    @Test func loopsAndCompositesAreOneNodeEach() {
        #expect(
            GraphReport.mermaid(of: .lgtm, state: nil, language: .english) == """
                flowchart TB
                  subgraph p0["phase-1  Preparation"]
                    direction TB
                    s0(["network<br/>VPC and subnets"])
                    s1["repositories ×2<br/>ecr.repository"]
                    s2["backup<br/>Image of the old side"]
                  end
                  subgraph p1["phase-5  Traffic switch"]
                    direction TB
                    s3{{"approve<br/>Go"}}
                    s4["shift<br/>route53.record"]
                  end
                  p0 --> p1
                """
        )
    }

    @Test func whatHappenedColoursTheNodes() {
        let lines = GraphReport.mermaid(of: .lgtm, state: Story.failed.state, language: .english).split(separator: "\n")
        #expect(lines.contains("  class s1 bad"))
        #expect(lines.contains("  class s0 good"))
        #expect(!lines.contains { $0.hasPrefix("  classDef busy") })
    }

    @Test func whatATitleHoldsStaysText() {
        var plan = Plan.lgtm
        plan.steps[0].title = LocalizedText("\"]) --> evil([\"<b>`x`")
        let line = GraphReport.mermaid(of: plan, state: nil, language: .english).split(separator: "\n")[3]
        #expect(line == "    s0([\"network<br/>#quot;]) --#gt; evil([#quot;#lt;b#gt;#96;x#96;\"])")
    }

    @Test func needsWithinAPhaseAreArrows() {
        var plan = Plan.lgtm
        plan.steps[1].needs = [StepID("network")]
        plan.steps[2].needs = [StepID("network")]
        plan.steps[4].needs = [StepID("network")]
        let arrows = GraphReport.mermaid(of: plan, state: nil, language: .english).split(separator: "\n")
            .filter { $0.contains("-->") }
        #expect(arrows == ["  p0 --> p1", "  s0 --> s1"])
    }
}
