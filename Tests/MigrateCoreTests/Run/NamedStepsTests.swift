import MigrateCore
import Testing

/// A name that a person types stands for one step, or for all of a loop or composite.
@Suite("What a name stands for")
struct NamedStepsTests {
    private static let denied = PerformOutcome.notApplied(Problem("access denied"), isTransient: false)

    private static func item(_ key: String) -> StepID { StepID("repositories").item(key) }

    /// `first`, then a loop over a, b and c, all in one phase.
    private static func loop() -> Night {
        Night([.action("first")] + ["a", "b", "c"].map { .action(Self.item($0), needs: ["first"]) })
    }

    /// The loop's night with `a` and `b` refused, and `c` not begun.
    private static func refused() throws -> Night {
        var night = loop()
        try night.begin(parallel: 2)
        try night.make("first")
        for step in [item("a"), item("b")] {
            try night.answer(.prepare(night.attempt(step)), .prepared(.change(.making(step))))
        }
        for step in [item("a"), item("b")] {
            try night.answer(.perform(night.attempt(step)), .performed(denied))
        }
        return night
    }

    @Test(arguments: [
        ("first", "first"), ("test/first", "first"), ("repositories", "repositories"),
        ("test/repositories[b]", "repositories[b]"), ("test/repositories", "repositories"),
    ])
    func aPhaseMayStandBeforeIt(name: String, step: String) throws {
        let plan = Self.loop().state.plan
        let phase = try #require(plan.phases.first?.id.rawValue)
        let written = name.replacing("test/", with: "\(phase)/")
        #expect(try plan.step(meantBy: written).rawValue == step)
    }

    @Test func aNameOfNothingIsRefusedWithWhatIsNear() throws {
        #expect(throws: RunRefusal.unknownStep("frist", suggestion: "first")) {
            try Self.loop().state.plan.step(meantBy: "frist")
        }
    }

    @Test func aWholeLoopIsLeftOut() throws {
        var night = try Self.refused()
        try night.ask(.skip("repositories", reason: "made by hand"))
        for key in ["a", "b", "c"] {
            #expect(night.state.record(of: Self.item(key))?.state == .skipped(reason: "made by hand"))
        }
    }

    @Test func aLoopThatMadeSomethingIsNotLeftOut() throws {
        var night = Self.loop()
        try night.begin(parallel: 1)
        try night.make("first")
        try night.make("repositories[a]")
        let second = night.attempt("repositories[b]")
        try night.answer(.prepare(second), .prepared(.change(.making("repositories[b]"))))
        try night.answer(.perform(second), .performed(Self.denied))
        try night.begin(.answer, requests: [.skip("repositories", reason: "in a hurry")])
        #expect(night.state.record(of: "repositories[c]")?.state == .pending)
        guard case .failed? = night.state.record(of: "repositories[b]")?.state else {
            Issue.record("left out")
            return
        }
    }

    @Test func whatFailedOfALoopIsTriedAgain() throws {
        var night = try Self.refused()
        try night.begin(.answer, requests: [.retry("repositories")])
        for key in ["a", "b", "c"] {
            #expect(night.state.record(of: Self.item(key))?.state == .pending)
        }
        #expect(night.state.record(of: "first")?.state == .succeeded)
    }

    @Test func aProbeThatHasPassedIsAskedAgainWhileNothingIsAtWork() throws {
        var night = Night([.probe("look"), .action("make", needs: ["look"])])
        try night.begin()
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        let making = night.attempt("make")
        try night.ask(.retry("look"))
        #expect(night.state.record(of: "look")?.state == .succeeded, "what follows it is at work with what it found")
        try night.answer(.prepare(making), .prepared(.change(.making("make"))))
        try night.answer(.perform(making), .performed(Self.denied))
        try night.begin(.answer, requests: [.retry("look"), .retry("make")])
        #expect(night.state.record(of: "look")?.state == .pending)
        #expect(night.state.record(of: "make")?.state == .pending)
    }

    @Test func anActionThatIsDoneIsNotDoneAgain() throws {
        var night = Night([.probe("look"), .action("make", needs: ["look"])])
        try night.begin()
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        try night.make("make")
        try night.begin(.answer, requests: [.retry("make")])
        #expect(night.state.record(of: "make")?.state == .succeeded)
    }

    @Test func backToALoopIsBackToTheFirstOfItThatBegan() throws {
        var night = Night(
            [.action("first"), .action("loop[a]", needs: ["first"]), .action("loop[b]", needs: ["first"])]
                + [.action("last", needs: ["loop[a]", "loop[b]"])]
        )
        try night.begin(parallel: 1)
        for step in ["first", "loop[a]", "loop[b]", "last"] as [StepID] { try night.make(step) }
        #expect(try night.state.rollbackSteps(.toStep("loop")) == ["last", "loop[b]", "loop[a]"])
        #expect(try night.state.rollbackSteps(.toStep("loop[b]")) == ["last", "loop[b]"])
    }

    @Test func backToWhatNeverBeganHasNothingToUndo() throws {
        var night = Night([.action("first"), .action("last", needs: ["first"])])
        try night.begin(parallel: 1)
        try night.make("first")
        #expect(throws: RunRefusal.nothingToRollBack) { try night.state.rollbackSteps(.toStep("last")) }
    }

    @Test(arguments: [true, false])
    func oneStepIsRunBesideWhatAnEarlierSessionLeft(isStepByStep: Bool) throws {
        var night = Night([.action("first"), .action("second")])
        try night.begin(parallel: 2)
        try night.answer(.prepare(night.attempt("first")), .prepared(.refused(Problem("access denied"))))
        #expect(night.state.lastEnd == .paused(.failedStep("first")))
        try night.begin(.forward(from: nil, through: nil, only: "first"), parallel: 1, isStepByStep: isStepByStep)
        #expect(night.effects == [.prepare(Attempt(step: "first", direction: .forward, number: 2))])
    }

    @Test func whatMustHoldIsLookedAtBesideWhatAnEarlierSessionLeft() throws {
        let gated = PlanPhase(
            id: "phase-1",
            title: LocalizedText("one"),
            requirement: .init(rollbackReady: true, verifiedWithin: nil)
        )
        var night = Night([.action("first"), .action("second")], phases: [gated])
        try night.begin(parallel: 2)
        try night.answer(.requirement("phase-1", after: nil), .requirement(GateFinding()))
        try night.answer(.prepare(night.attempt("first")), .prepared(.refused(Problem("access denied"))))
        try night.begin(.forward(from: nil, through: nil, only: "first"), parallel: 1)
        #expect(night.effects == [.requirement("phase-1", after: nil)])
    }
}
