import MigrateCore
import Testing

@testable import Reports

@Suite struct WaysBackTests {
    private static func step(_ id: String) -> PlanStep {
        var step = PlanStep(id: StepID(id), phase: PhaseID("phase-5"), title: LocalizedText(id), work: .soak("5m"))
        step.composite = StepID("shift")
        return step
    }

    private static func call(_ entries: [[String]]) -> CallForecast {
        CallForecast(
            summary: "one batch to zone Z1",
            arrival: "a minute",
            entries: entries.map { .init(cells: $0, value: .array($0.map { .string($0) })) }
        )
    }

    private static let undone = [
        ReturnForecast.Leg(step: StepID("shift/convert"), call: call([["DELETE", "b"]])),
        ReturnForecast.Leg(step: StepID("shift/ttl"), call: call([["DELETE", "a"]])),
    ]

    private static let away = ReturnForecast(
        home: .init(
            step: StepID("shift/convert"),
            call: call([["DELETE", "a.example.com.", "", "weight 10"], ["CREATE", "a.example.com.", "", "weight 0"]])
        ),
        lag: .seconds(60),
        undone: undone
    )

    private static func ways(_ found: [String: ReturnForecast?]) -> WaysBack? {
        let ids = ["shift/ttl", "shift/convert", "shift/w10", "shift/soak-w10"]
        let plan = Plan(
            runbook: "r",
            environment: "e",
            title: LocalizedText("r"),
            phases: [PlanPhase(id: PhaseID("phase-5"), title: LocalizedText("Switch"))],
            steps: ids.map(step)
        )
        let forecasts = ids.map { id in
            var forecast = StepForecast(step: StepID(id), outlook: .waits("5m"))
            forecast.wayBack = found[id] ?? nil
            return (forecast.step, forecast)
        }
        return WaysBack(
            from: StepID("shift"),
            in: plan,
            forecasts: Dictionary(forecasts, uniquingKeysWith: { first, _ in first })
        )
    }

    @Test func eachPointSaysWhatComingBackDoesAndCosts() throws {
        let ahead = ReturnForecast(home: nil, lag: nil, undone: [Self.undone[1]])
        let converted = ReturnForecast(home: nil, lag: nil, undone: Self.undone)
        let ways = try #require(
            Self.ways([
                "shift/ttl": ahead, "shift/convert": converted, "shift/w10": Self.away, "shift/soak-w10": Self.away,
            ])
        )
        var page = Page(Style(width: 90))
        ways.add(to: &page)
        #expect(
            page.text == """
                  ways back from each point of shift
                    shift/ttl
                      back-out: nothing to do, no traffic is away
                      rollback: undoes `shift/ttl`: one batch to zone Z1, a minute; the old side answers
                                all the while
                    shift/convert
                      back-out: nothing to do, no traffic is away
                      rollback: undoes `shift/convert`, then `shift/ttl`, a call each: one batch to zone
                                Z1, a minute; the old side answers all the while
                    shift/w10, shift/soak-w10
                      back-out: one batch to zone Z1, a minute; then 1m at most until the last resolver
                                follows
                        DELETE  a.example.com.  weight 10
                        CREATE  a.example.com.  weight 0
                      rollback: the same call, then undoes `shift/convert`, then `shift/ttl`, whose calls
                                it makes the other way round; 3 calls in all, each waited for before the
                                next
                """
        )
    }

    @Test func whereNothingIsForetoldNothingIsSaid() { #expect(Self.ways([:]) == nil) }
}
