import MigrateCore
import Testing

/// What users of other tools ask for: watches that are heeded, and a say in what their failing means.
@Suite("Wishes: traffic that is away")
struct TrafficWishes {
    /// Parts of a shift to 10 % that is watched and has soaked, then `later`, each after the one before it.
    private static func shift(_ reaction: FailureReaction, then later: [PlanStep] = []) -> [PlanStep] {
        var convert = PlanStep.action("shift/convert")
        convert.traffic = .home
        convert.watch = [ProbeCall(kind: "errors", parameters: [:])]
        var first = PlanStep.action("shift/w10")
        first.traffic = .away
        var soak = PlanStep(
            id: "shift/soak-w10",
            phase: "phase-1",
            title: LocalizedText("soak"),
            work: .soak("5m")
        )
        soak.watch = convert.watch
        var last = PlanStep.action("shift/w100")
        last.traffic = .away
        var before: StepID?
        return ([convert, first, soak] + later + [last]).map { step in
            var part = step
            if step.id.rawValue.hasPrefix("shift/") {
                part.composite = "shift"
                part.onFailure = reaction
            }
            part.needs = before.map { [$0] } ?? []
            before = part.id
            return part
        }
    }

    /// A night up to where 10 % are away and soak.
    private static func away(_ steps: [PlanStep], approvals: [ApprovalPolicy] = []) throws -> Night {
        var night = Night(steps, approvals: approvals)
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        return night
    }

    @Test("flagger#1801: a threshold breached while a gate waits brings traffic home")
    func aThresholdBreachedWhileAGateWaitsBringsTrafficHome() throws {
        let steps = Self.shift(.backOut, then: [.confirm("more", "increase")])
        var night = try Self.away(steps, approvals: [ApprovalPolicy(name: "increase")])
        try night.soak("shift/soak-w10")
        #expect(night.state.record(of: "more")?.word == "waiting_approval")
        let watch = RunEffect.watch("shift/convert", attempt: 1)
        try #require(night.effects.contains(watch), "nobody watches while the gate waits")
        try night.answer(watch, .breached("5xx above the threshold"))
        let home = Attempt(step: "shift/convert", direction: .home, number: 1)
        try #require(night.effects == [.prepare(home)])
        try night.finish(home)
        #expect(night.state.lastEnd == .backedOut("5xx above the threshold"))
        #expect(night.state.record(of: "more")?.state == .canceled)
        #expect(night.state.record(of: "shift/w100")?.state == .pending)
    }

    @Test("argo#2866: a failed analysis can mean pause, and a person goes on or comes back")
    func aFailedAnalysisCanMeanPause() throws {
        var night = try Self.away(Self.shift(.pause))
        try night.answer(.soak("shift/soak-w10", attempt: 1, until: night.now + .seconds(300)), .breached("5xx"))
        #expect(night.state.backOut == nil, "traffic came home unasked")
        #expect(night.state.halting == .paused(.failedStep("shift/soak-w10")))
        #expect(night.state.record(of: "shift/w10")?.owned != nil)
        #expect(night.state.record(of: "shift/w100")?.state == .pending)

        var falseAlarm = night
        try falseAlarm.ask(.retry("shift/soak-w10"))
        try falseAlarm.answer(
            .soak("shift/soak-w10", attempt: 2, until: falseAlarm.now + .seconds(300)),
            .soaked
        )
        #expect(falseAlarm.effects.contains(.prepare(falseAlarm.attempt("shift/w100"))))

        var alarm = night
        try alarm.ask(.backOut())
        #expect(alarm.effects == [.prepare(Attempt(step: "shift/convert", direction: .home, number: 1))])
    }
}
