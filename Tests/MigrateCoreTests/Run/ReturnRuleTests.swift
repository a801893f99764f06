import MigrateCore
import Testing

@Suite("What a return leaves behind")
struct ReturnRuleTests {
    @Test func goingOnWithARollbackUndoesWhatItWasAskedForAndNoMore() throws {
        var night = Night([.action("early"), .action("late", needs: ["early"])])
        try night.begin()
        try night.make("early")
        try night.make("late")
        try night.begin(.rollback(["late"], includeKept: false))
        let back = Attempt(step: "late", direction: .back, number: 1)
        try night.answer(.prepare(back), .returnPrepared(.unknown(Problem("no answer"))))
        #expect(night.state.lastEnd == .rollbackFailed("late"))
        #expect(try night.state.rollbackSteps(.unfinished) == ["late"])
    }

    @Test func thingsKeptOnPurposeDoNotHideWhatIsLeftToUndo() throws {
        var backup = PlanStep.action("backup")
        backup.phase = "phase-2"
        backup.rollback = .keep
        var night = Night([.action("make"), backup])
        try night.begin()
        try night.make("make")
        try night.make("backup")
        #expect(try night.state.rollbackSteps(.newestPhase) == ["backup"])
        try night.begin(.rollback(["backup"], includeKept: false))
        #expect(night.state.record(of: "backup")?.state == .kept)
        #expect(try night.state.rollbackSteps(.newestPhase) == ["make"])
        #expect(try night.state.rollbackSteps(.newestPhase, includeKept: true) == ["backup"])
    }

    @Test func anApprovalDoesNotOutliveTheReturnOfWhatItCovered() throws {
        var convert = PlanStep.action("shift/convert", needs: ["ask"])
        convert.traffic = .home
        var move = PlanStep.action("shift/w10", needs: ["shift/convert"])
        move.traffic = .away
        let parts = [convert, move].map { step in
            var part = step
            part.composite = "shift"
            return part
        }
        var night = Night([.confirm("ask", "go")] + parts, approvals: [ApprovalPolicy(name: "go")])
        try night.begin()
        let subject = ApprovalSubject(steps: [], digest: "d")
        try night.answer(.survey("ask", attempt: 1, given: 0), .surveyed(subject))
        try night.ask(.approve("go", comment: nil, digest: "d", principal: nil))
        try night.answer(.survey("ask", attempt: 1, given: 1), .surveyed(subject))
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.begin(.backOut(reason: "smoke"))
        try night.finish(Attempt(step: "shift/convert", direction: .home, number: 1))
        try night.begin()
        #expect(night.effects.contains(.survey("ask", attempt: 2, given: 0)))
        #expect(night.state.record(of: "shift/w10")?.state == .pending)
    }

    @Test func askingForTrafficHomeWhileItComesHomeIsNoError() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.ask(.backOut(reason: "smoke"))
        #expect(night.lastFacts.contains("smoke"))
        try night.ask(.backOut())
        #expect(night.lastFacts.contains("requestTaken"))
    }
}

@Suite("Waits and tries")
struct WaitRuleTests {
    @Test func aChangeThatComesToNothingAgainAndAgainIsAFailedStep() throws {
        var night = Night([.action("make")])
        try night.begin()
        let attempt = night.attempt("make")
        for _ in 1...3 {
            try night.answer(.prepare(attempt), .prepared(.change(.making("make"))))
            try night.answer(.perform(attempt), .performed(.unknown(Problem("no answer"))))
            try night.answer(.reconcile(attempt), .reconciled(.notApplied))
        }
        #expect(night.state.lastEnd == .paused(.failedStep("make")))
        #expect(night.state.record(of: "make")?.owned == nil)
    }

    @Test func aProgramThatFailedIsNotRunAgainUnlessItsStepSaysSo() throws {
        var night = Night([.action("make")])
        try night.begin()
        let attempt = night.attempt("make")
        var change = Change.making("make")
        change.startsProgram = true
        try night.answer(.prepare(attempt), .prepared(.change(change)))
        try night.answer(.perform(attempt), .performed(.unknown(Problem("exit status 1"))))
        try night.answer(.reconcile(attempt), .reconciled(.notApplied))
        #expect(night.state.lastEnd == .paused(.failedStep("make")))
        #expect(night.state.record(of: "make")?.note?.contains("exit status 1") == true)
    }

    @Test func aSoakThatNobodyWatchedBeginsAgain() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        night.now = night.now + .seconds(290)
        try night.crashAndBegin()
        #expect(night.effects == [.soak("shift/soak-w10", attempt: 1, until: night.now + .seconds(300))])
    }

    @Test func aWaitForOldAnswersGoesOnWaitingForWhatIsLeft() throws {
        var wait = PlanStep(
            id: "shift/wait-ttl",
            phase: "phase-1",
            title: LocalizedText("wait"),
            work: .soak("5m")
        )
        wait.watch = [ProbeCall(kind: "watch", parameters: [:])]
        var convert = PlanStep.action("shift/convert", needs: ["shift/wait-ttl"])
        convert.traffic = .home
        var night = Night(
            [wait, convert].map {
                var part = $0
                part.composite = "shift"
                return part
            }
        )
        try night.begin()
        let until = night.now + .seconds(300)
        night.now = night.now + .seconds(200)
        try night.crashAndBegin()
        #expect(night.effects == [.soak("shift/wait-ttl", attempt: 1, until: until)])
    }

    @Test func probesBesideAWaitAreAsked() throws {
        var hand = PlanStep(
            id: "hand",
            phase: "phase-1",
            title: LocalizedText("hand"),
            work: .manual(text: LocalizedText("turn the key"))
        )
        hand.verify = [ProbeCall(kind: "look", parameters: [:])]
        var night = Night([hand])
        try night.begin()
        try night.ask(.done("hand", comment: nil))
        #expect(night.effects == [.verify("hand", attempt: 1)])
        try night.answer(.verify("hand", attempt: 1), .probe(ProbeAnswer(.pass("turned"))))
        #expect(night.state.record(of: "hand")?.state == .succeeded)
    }

    @Test func anApprovalCannotBeSkipped() throws {
        var night = Night([.probe("look"), .confirm("ask", "go")], approvals: [ApprovalPolicy(name: "go")])
        try night.begin(.forward(from: nil, through: nil, only: "look"))
        try night.ask(.skip("ask", reason: "in a hurry"))
        #expect(night.lastFacts.contains("requestRefused"))
        #expect(night.state.record(of: "ask")?.state == .pending)
    }

    @Test func aSessionForOneStepAsksForItsApprovalAgain() throws {
        var night = Night(
            [.confirm("ask", "go"), .action("make", needs: ["ask"])],
            approvals: [ApprovalPolicy(name: "go", expires: .seconds(60))]
        )
        let subject = ApprovalSubject(steps: [], digest: "d")
        try night.begin(.forward(from: nil, through: nil, only: "ask"))
        try night.answer(.survey("ask", attempt: 1, given: 0), .surveyed(subject))
        try night.ask(.approve("go", comment: nil, digest: "d", principal: nil))
        try night.answer(.survey("ask", attempt: 1, given: 1), .surveyed(subject))
        night.now = night.now + .seconds(61)
        try night.begin(.forward(from: nil, through: nil, only: "make"))
        #expect(night.effects.contains(.survey("ask", attempt: 2, given: 0)))
    }

    @Test func aSessionForOneStepLeavesNoCallOut() throws {
        var night = Night([.action("a"), .probe("b")])
        try night.begin()
        try night.answer(.prepare(night.attempt("a")), .prepared(.change(.making("a"))))
        try night.crashAndBegin()
        try night.begin(.forward(from: nil, through: nil, only: "b"))
        #expect(night.effects.contains(.reconcile(night.attempt("a"))))
        try night.answer(.probe("b", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        #expect(night.state.lastEnd == nil)
        try night.answer(.reconcile(night.attempt("a")), .reconciled(.applied(receipt: .null)))
        #expect(night.state.lastEnd == .goalReached)
    }

    @Test func anOpeningHoursLaterFindsTheRequirementAskedAnew() throws {
        var step = PlanStep.action("make")
        step.window = "Sat 01:00-05:00 UTC"
        let phase = PlanPhase(
            id: "phase-1",
            title: LocalizedText("one"),
            requirement: .init(rollbackReady: true, verifiedWithin: nil)
        )
        var night = Night([step], phases: [phase])
        try night.begin()
        try night.answer(.requirement("phase-1", after: nil), .requirement(GateFinding()))
        let shut = WindowRuling(openUntil: nil, opensNext: night.now + .seconds(3600), text: "Sat")
        try night.answer(.prepare(night.attempt("make")), .prepared(.change(.making("make")), window: shut))
        let opens = night.now + .seconds(3600)
        night.now = opens
        try night.answer(.deadline("make", attempt: 1, until: opens), .timeUp)
        #expect(!night.effects.contains { if case .prepare = $0 { true } else { false } })
        #expect(night.effects.contains { if case .requirement = $0 { true } else { false } })
    }

    @Test func whatPeopleWereToldWouldStayAsItIsDoesNotChangeUnderTheirYes() throws {
        var night = Night(
            [.confirm("ask", "go"), .action("make", needs: ["ask"])],
            approvals: [ApprovalPolicy(name: "go")]
        )
        let covered = ApprovalSubject.Covered(step: "make", outlook: "holds", summary: "there")
        let subject = ApprovalSubject(steps: [covered], digest: "d")
        try night.begin()
        try night.answer(.survey("ask", attempt: 1, given: 0), .surveyed(subject))
        try night.ask(.approve("go", comment: nil, digest: "d", principal: nil))
        try night.answer(.survey("ask", attempt: 1, given: 1), .surveyed(subject))
        try night.answer(.prepare(night.attempt("make")), .prepared(.change(.making("make"))))
        #expect(night.state.record(of: "make")?.owned == nil)
        #expect(night.state.record(of: "ask")?.approvals.isEmpty == true)
    }

    @Test func anUndoThatComesToNothingIsGivenUp() throws {
        var night = Night([.action("make")])
        try night.begin()
        try night.make("make")
        try night.begin(.rollback(["make"], includeKept: false))
        let back = Attempt(step: "make", direction: .back, number: 1)
        for _ in 1...3 {
            try night.answer(.prepare(back), .returnPrepared(.change(.making("make"))))
            try night.answer(.perform(back), .performed(.unknown(Problem("no answer"))))
            try night.answer(.reconcile(back), .reconciled(.notApplied))
        }
        #expect(night.state.lastEnd == .rollbackFailed("make"))
    }

    @Test func aStopThatEndsInADoubtSaysSo() throws {
        var night = Night([.action("make"), .action("late")])
        try night.begin()
        let make = night.attempt("make")
        try night.answer(.prepare(make), .prepared(.change(.making("make"))))
        try night.take(.stop)
        try night.answer(.perform(make), .performed(.unclear(Problem("who knows"))))
        #expect(night.state.lastEnd == .paused(.inDoubt("make")))
    }

    @Test func aRefusedTryTakesNothingOverFromWhoeverCameBetween() throws {
        var night = Night([.action("make")])
        try night.begin()
        try night.make("make")
        try night.ask(.keepAsIs("make", reason: "somebody uses it"))
        try night.begin()
        let again = Attempt(step: "make", direction: .forward, number: 2)
        var change = Change.making("make")
        change.from = "edited"
        try night.answer(.prepare(again), .prepared(.change(change)))
        try night.answer(.perform(again), .performed(.notApplied(Problem("denied"), isTransient: false)))
        let back = Attempt(step: "make", direction: .back, number: 1)
        #expect(night.state.acceptableImages(for: back) == ["made make"])
        #expect(night.state.returnTarget(of: back) == .null)
    }
}
