import MigrateCore
import Testing

@testable import Runner

/// What an approval shows of the steps that it covers.
@Suite struct SurveyTests {
    private static func step(_ traffic: KindDeclaration.TrafficRole? = nil) -> PlanStep {
        var step = PlanStep(
            id: StepID("s"),
            phase: PhaseID("p"),
            title: LocalizedText("The new side answers"),
            work: .soak("5m")
        )
        step.traffic = traffic
        return step
    }

    private static let change = Change(
        kind: "k",
        parameters: [:],
        from: .null,
        to: 1,
        token: "t",
        effect: .convergent,
        summary: "0 % → 10 %"
    )

    @Test(
        arguments: [
            (StepForecast.Outlook.holds("200 in 26ms"), nil, "now 200 in 26ms"),
            (.change(change), .away, "then 0 % → 10 %"),
            (.change(change), nil, "now 0 % → 10 %"),
            (.waits("5m"), nil, "waits 5m"),
            (.stops(Problem("no service `x`")), nil, "now it would stop: no service `x`"),
            (.unknown(Problem("no answer")), nil, "now it could not be asked: no answer"),
            (.later, nil, "The new side answers: depends on what earlier steps find"),
        ] as [(StepForecast.Outlook, KindDeclaration.TrafficRole?, String)]
    )
    func whatFollowsAChangeIsShownWithWhatWasFoundAheadOfIt(
        outlook: StepForecast.Outlook,
        traffic: KindDeclaration.TrafficRole?,
        words: String
    ) {
        let covered = ApprovalSubject.Covered(Self.step(traffic), outlook, follows: true)
        #expect(covered.summary == words)
        // What was found there does not count: it will be another world.
        #expect(covered.outlook == "later" && covered.change.isNull)
    }

    @Test func whatComesFirstCounts() {
        let covered = ApprovalSubject.Covered(Self.step(), .change(Self.change), follows: false)
        #expect(covered.outlook == "change" && covered.summary == "0 % → 10 %")
        #expect(covered.change == ApprovalSubject.canonical(Self.change))
    }
}
