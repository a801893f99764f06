import MigrateCore
import Testing

/// What a verdict leads to, by the moment of the cutover at which it is given: the whole table.
@Suite("A verdict during a cutover")
struct CutoverTableTests {
    /// When.
    enum Moment: String, CaseIterable, Sendable {
        case beforeTheShift, atTheFirstWeight, inTheSoak, atTheSecondWeight, whileAnApprovalIsWaitedFor
        case pastThePointOfNoReturn
    }

    /// What comes of it.
    enum Outcome: String, Sendable {
        /// On to what follows, or on with the wait.
        case goesOn
        /// Stops, and no traffic was moved.
        case pausesAtHome
        /// Traffic is brought home at once.
        case goesHome
        /// Holds, and brings traffic home once there has been nothing to judge by for five minutes.
        case holdsThenGoesHome
        /// Stops, and traffic stays where it is.
        case pausesAway
        /// Holds, and then stops, and traffic stays where it is.
        case holdsThenPausesAway
    }

    private static let verdicts: [Verdict] = [
        .pass("200"), .fail("5xx"), .error(Problem("no answer")), .inconclusive("no data"),
    ]

    /// One row for each moment; the columns are pass, fail, error and no data.
    private static let table: [Moment: [Outcome]] = [
        .beforeTheShift: [.goesOn, .pausesAtHome, .pausesAtHome, .pausesAtHome],
        .atTheFirstWeight: [.goesOn, .goesHome, .goesHome, .goesHome],
        .inTheSoak: [.goesOn, .goesHome, .holdsThenGoesHome, .holdsThenGoesHome],
        .atTheSecondWeight: [.goesOn, .goesHome, .goesHome, .goesHome],
        .whileAnApprovalIsWaitedFor: [.goesOn, .goesHome, .holdsThenGoesHome, .holdsThenGoesHome],
        .pastThePointOfNoReturn: [.goesOn, .pausesAway, .holdsThenPausesAway, .holdsThenPausesAway],
    ]

    @Test(arguments: Moment.allCases, Array(verdicts.enumerated()).map(\.offset))
    func everyVerdictAtEveryMomentHasItsOutcome(moment: Moment, column: Int) throws {
        let verdict = Self.verdicts[column]
        let expected = try #require(Self.table[moment]?[column])
        #expect(try Self.outcome(of: verdict, at: moment) == expected, "\(moment) × \(verdict)")
    }

    private static let home = Attempt(step: "shift/convert", direction: .home, number: 1)

    /// Pre-flight, 10 %, a soak, 100 %, an approval, and a deletion past which coming back costs.
    private static func night() throws -> Night {
        var convert = PlanStep.action("shift/convert", needs: ["preflight"])
        convert.traffic = .home
        var first = PlanStep.action("shift/w10", needs: ["shift/convert"], verify: true)
        first.traffic = .away
        let soak = PlanStep.soak("shift/soak-w10", "5m", needs: ["shift/w10"])
        var second = PlanStep.action("shift/w100", needs: ["shift/soak-w10"], verify: true)
        second.traffic = .away
        var ask = PlanStep.confirm("ask", "go")
        ask.needs = ["shift/w100"]
        var delete = PlanStep.action("delete", needs: ["ask"])
        delete.isPointOfNoReturn = true
        let parts = [convert, first, soak, second].map { part in
            var part = part
            part.composite = "shift"
            part.onFailure = .backOut
            part.watch = [ProbeCall(kind: "watch", parameters: [:])]
            return part
        }
        var night = Night(
            [.probe("preflight")] + parts + [ask, delete, .probe("last", needs: ["delete"])],
            approvals: [ApprovalPolicy(name: "go")]
        )
        try night.begin()
        return night
    }

    private static func outcome(of verdict: Verdict, at moment: Moment) throws -> Outcome {
        var night = try night()
        let passes = ProbeAnswer(.pass("ok"))
        let given = ProbeAnswer(verdict)
        try night.answer(.probe("preflight", attempt: 1), .probe(moment == .beforeTheShift ? given : passes))
        if moment == .beforeTheShift { return result(of: night) }
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.answer(.verify("shift/w10", attempt: 1), .probe(moment == .atTheFirstWeight ? given : passes))
        if moment == .atTheFirstWeight { return result(of: night) }
        if moment == .inTheSoak { return try watch(&night, verdict) }
        try night.soak("shift/soak-w10")
        try night.make("shift/w100")
        try night.answer(.verify("shift/w100", attempt: 1), .probe(moment == .atTheSecondWeight ? given : passes))
        if moment == .atTheSecondWeight { return result(of: night) }
        if moment == .whileAnApprovalIsWaitedFor { return try watch(&night, verdict) }
        let subject = ApprovalSubject(steps: [], digest: "d")
        try night.answer(.survey("ask", attempt: 1, given: 0), .surveyed(subject))
        try night.ask(.approve("go", comment: nil, digest: "d", principal: nil))
        try night.answer(.survey("ask", attempt: 1, given: 1), .surveyed(subject))
        try night.make("delete")
        return try watch(&night, verdict)
    }

    /// Has the watch give `verdict` every 15 s for ten minutes, as the runner does.
    private static func watch(_ night: inout Night, _ verdict: Verdict) throws -> Outcome {
        let began = night.now
        var judge = WatchJudge(holdLimit: .seconds(300))
        for _ in 0..<40 {
            if case .breach(let reason) = judge.rule(on: verdict, at: night.now) {
                let isAtOnce = night.now == began
                let effect = try #require(night.effects.first(where: isWatch))
                try night.answer(effect, .breached(reason))
                if !isAtOnce { #expect(night.now - began >= .seconds(300)) }
                switch (result(of: night), isAtOnce) {
                case (.goesHome, false): return .holdsThenGoesHome
                case (.pausesAway, false): return .holdsThenPausesAway
                case (let result, _): return result
                }
            }
            night.now = night.now + .seconds(15)
        }
        return result(of: night)
    }

    private static func isWatch(_ effect: RunEffect) -> Bool {
        switch effect {
        case .soak, .watch: true
        default: false
        }
    }

    private static func result(of night: Night) -> Outcome {
        if night.effects.contains(.prepare(home)) { return .goesHome }
        if night.state.halting != nil || night.state.lastEnd != nil {
            return night.state.isTrafficAway ? .pausesAway : .pausesAtHome
        }
        return .goesOn
    }
}
