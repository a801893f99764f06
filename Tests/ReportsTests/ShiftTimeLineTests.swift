import MigrateCore
import Testing

@testable import Reports

@Suite struct ShiftTimeLineTests {
    private static func step(_ id: String, _ work: PlanStep.Work, _ traffic: KindDeclaration.TrafficRole?) -> PlanStep {
        var step = PlanStep(id: StepID(id), phase: PhaseID("phase-5"), title: LocalizedText(id), work: work)
        step.composite = StepID("shift")
        step.traffic = traffic
        return step
    }

    private static let call = ActionCall(kind: "route53.weights", parameters: [:], effect: .reconcilable)

    private static let plan = Plan(
        runbook: "r",
        environment: "e",
        title: LocalizedText("r"),
        phases: [PlanPhase(id: PhaseID("phase-5"), title: LocalizedText("Switch"))],
        steps: [
            step("shift/ttl", .action(call), .ahead), step("shift/wait-ttl", .soak("${part.ttl.old_ttl}"), nil),
            step("shift/convert", .action(call), .home), step("shift/w10", .action(call), .away),
            step("shift/soak-w10", .soak("5m"), nil), step("shift/w100", .action(call), .away),
        ]
    )

    private static func forecasts(wait: String) -> [StepID: StepForecast] {
        func change(_ id: String, _ summary: String) -> StepForecast {
            var change = Change(
                kind: "route53.weights",
                parameters: [:],
                from: .null,
                to: .null,
                token: "",
                effect: .reconcilable,
                summary: summary
            )
            change.from = ["id": .string(id)]
            return StepForecast(step: StepID(id), outlook: .change(change), facts: ["ttl": 60])
        }
        let all = [
            change("shift/ttl", "300 s → 60 s"), StepForecast(step: StepID("shift/wait-ttl"), outlook: .waits(wait)),
            change("shift/convert", "simple → 0 %"), change("shift/w10", "0 % → 10 %"),
            StepForecast(step: StepID("shift/soak-w10"), outlook: .waits("5m")),
            change("shift/w100", "10 % → 100 %"),
        ]
        return Dictionary(all.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func waitsAddUpAndEachShareSaysWhenItIsKnownEverywhere() throws {
        let line = try #require(
            ShiftTimeLine(of: StepID("shift"), in: Self.plan, forecasts: Self.forecasts(wait: "300s"))
        )
        var page = Page(Style(width: 80))
        line.add(to: &page)
        #expect(
            page.text == """
                  time line of shift, calls counted as nothing
                    +0s       shift/ttl       300 s → 60 s
                    +0s       shift/wait-ttl  waits 5m
                    +5m       shift/convert   simple → 0 %
                    +5m       shift/w10       0 % → 10 %; every resolver knows by +6m
                    +5m       shift/soak-w10  waits 5m
                    +10m      shift/w100      10 % → 100 %; every resolver knows by +11m
                    +10m      over
                    home: `migrate back-out` from any of these points is one call, without
                          window or approval; resolvers follow within 60 s at most
                """
        )
    }

    @Test func aWaitThatNobodyKnowsYetGivesNoTimeLine() {
        let forecasts = Self.forecasts(wait: "${part.ttl.old_ttl}")
        #expect(ShiftTimeLine(of: StepID("shift"), in: Self.plan, forecasts: forecasts) == nil)
    }
}
