import MigrateCore
import Testing

@Suite("A step with a change window")
struct WindowTests {
    private static func ruling(open: Duration?, next: Duration, from now: Timestamp) -> WindowRuling {
        WindowRuling(openUntil: open.map { now + $0 }, opensNext: now + next, text: "Sat 01:00-05:00 UTC")
    }

    private static func step() -> PlanStep {
        var step = PlanStep.action("make")
        step.window = "Sat 01:00-05:00 UTC"
        return step
    }

    @Test func aChangeOutsideItsWindowWaitsAndIsLookedAtAgain() throws {
        var night = Night([Self.step()])
        try night.begin()
        let attempt = night.attempt("make")
        let shut = Self.ruling(open: nil, next: .seconds(3600), from: night.now)
        try night.answer(.prepare(attempt), .prepared(.change(.making("make")), window: shut))
        let opens = night.now + .seconds(3600)
        #expect(night.effects == [.deadline("make", attempt: 1, until: opens)])
        #expect(night.state.record(of: "make")?.owned == nil)
        night.now = opens
        try night.answer(.deadline("make", attempt: 1, until: opens), .timeUp)
        let second = Attempt(step: "make", direction: .forward, number: 2)
        #expect(night.effects == [.prepare(second)])
        let open = Self.ruling(open: .seconds(60), next: .seconds(604_800), from: night.now)
        try night.answer(.prepare(second), .prepared(.change(.making("make")), window: open))
        #expect(night.effects == [.perform(second)])
    }

    @Test func whatHoldsAlreadyNeedsNoWindow() throws {
        var night = Night([Self.step()])
        try night.begin()
        try night.answer(.prepare(night.attempt("make")), .prepared(.alreadySatisfied("there", captures: [:])))
        #expect(night.state.lastEnd == .goalReached)
    }

    /// Convert, 10 %, ten minutes of soak, 100 %: 600 s of soak and 300 s for a return.
    private static func shift() -> Night {
        var convert = PlanStep.action("shift/convert")
        convert.traffic = .home
        var first = PlanStep.action("shift/w10", needs: ["shift/convert"])
        first.traffic = .away
        let soak = PlanStep.soak("shift/soak-w10", "10m", needs: ["shift/w10"])
        var last = PlanStep.action("shift/w100", needs: ["shift/soak-w10"])
        last.traffic = .away
        return Night(
            [convert, first, soak, last].map {
                var part = $0
                part.composite = "shift"
                part.onFailure = .backOut
                part.window = "Sat 01:00-05:00 UTC"
                return part
            }
        )
    }

    @Test(arguments: [(899, false), (900, true)])
    func aShiftStartsOnlyIfItsSoaksAndAReturnFit(seconds: Int, starts: Bool) throws {
        var night = Self.shift()
        try night.begin()
        let attempt = night.attempt("shift/convert")
        let ruling = Self.ruling(open: .seconds(seconds), next: .seconds(604_800), from: night.now)
        try night.answer(.prepare(attempt), .prepared(.change(.making("shift/convert")), window: ruling))
        #expect(night.effects.contains(.perform(attempt)) == starts)
    }

    @Test func halfMovedTrafficGoesHomeRatherThanWaitForTheNextWindow() throws {
        var night = Self.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.answer(.soak("shift/soak-w10", attempt: 1, until: night.now + .seconds(600)), .soaked)
        let attempt = night.attempt("shift/w100")
        let shut = Self.ruling(open: .seconds(10), next: .seconds(604_800), from: night.now)
        try night.answer(.prepare(attempt), .prepared(.change(.making("shift/w100")), window: shut))
        #expect(night.effects == [.prepare(Attempt(step: "shift/convert", direction: .home, number: 1))])
    }
}
