import MigrateCore
import Runner
import Synchronization
import Testing

/// What users of other tools ask for: not to go on without data, and to get back to where they were.
@Suite("Wishes: going back, and not going on")
struct RecordWishes {
    /// Step that gives `thing` the value `value`.
    private static func set(_ id: String, _ thing: String, to value: String, needs: [String] = []) -> PlanStep {
        var step = PlanStep.make(id, needs: needs)
        let parameters: Value = ["name": .string(thing), "want": .string(value)]
        step.work = .action(ActionCall(kind: "thing", parameters: parameters, effect: .reconcilable))
        return step
    }

    /// A record that goes to 10 %, soaks for a minute under a watch, and goes to 100 %.
    private static let shift: [PlanStep] = {
        var convert = set("shift/convert", "record", to: "0 %")
        convert.traffic = .home
        var first = set("shift/w10", "record", to: "10 %", needs: ["shift/convert"])
        first.traffic = .away
        var soak = PlanStep(
            id: StepID("shift/soak-w10"),
            phase: PhaseID("phase-1"),
            title: LocalizedText("soak"),
            work: .soak("1m"),
            needs: [StepID("shift/w10")],
            onFailure: .backOut
        )
        soak.watch = [ProbeCall(kind: "requests", parameters: [:])]
        var last = set("shift/w100", "record", to: "100 %", needs: ["shift/soak-w10"])
        last.traffic = .away
        return [convert, first, soak, last].map { step in
            var part = step
            part.composite = StepID("shift")
            return part
        }
    }()

    @Test("flagger#1011: when traffic stops and the data with it, the next share is not given")
    func withoutDataTheNextShareIsNotGiven() async throws {
        let bench = Bench(Self.shift)
        bench.cloud.state.withLock {
            let silence = [Verdict](repeating: .inconclusive("no datapoints"), count: 40)
            $0.verdicts["requests"] = [.pass("99.9 % good"), .pass("99.9 % good")] + silence + [.pass("99.9 % good")]
        }
        let state = try await bench.run()
        guard case .backedOut(let reason) = state.lastEnd else {
            Issue.record("ended with \(String(describing: state.lastEnd))")
            return
        }
        #expect(reason.contains("no datapoints"))
        #expect(bench.calls == [#"record="0 %""#, #"record="10 %""#, #"record="0 %""#])
        #expect(state.record(of: StepID("shift/w100"))?.state == .pending)
        #expect(bench.violations.isEmpty)
    }

    @Test("DNSControl#3649: a push that failed half-way is rolled back to exactly what was there")
    func aPushThatFailedHalfWayIsRolledBack() async throws {
        let bench = Bench([
            Self.set("www", "www", to: "203.0.113.1"), Self.set("api", "api", to: "203.0.113.2", needs: ["www"]),
            Self.set("mail", "mail", to: "203.0.113.3", needs: ["api"]),
        ])
        let before: [String: Value] = ["www": "192.0.2.1", "mail": "192.0.2.3", "other": "192.0.2.9"]
        bench.cloud.state.withLock {
            $0.things = before
            $0.manners = ["mail": .refused]
        }
        let pushed = try await bench.run()
        #expect(pushed.lastEnd == .paused(.failedStep(StepID("mail"))))
        #expect(bench.things["www"] == "203.0.113.1")
        #expect(bench.things["api"] == "203.0.113.2")
        let back = try await bench.run(.rollback(try pushed.rollbackSteps(.all), includeKept: false))
        #expect(back.lastEnd == .rolledBack)
        #expect(bench.things.filter { !$0.value.isNull } == before)
        #expect(bench.violations.isEmpty)
    }

    /// Two settings, and a restart that both of them call for; the second setting fails at first.
    private static func halfConfigured() async throws -> (Bench, RunState) {
        let bench = Bench([
            set("first", "first", to: "new"), set("second", "second", to: "new", needs: ["first"]),
            set("restart", "service", to: "restarted", needs: ["first", "second"]),
        ])
        bench.cloud.state.withLock {
            $0.things = ["first": "old", "second": "old", "service": "running"]
            $0.manners = ["second": .refused]
        }
        return (bench, try await bench.run())
    }

    @Test("ansible#15563: what a failed run still owes is done by the next one, or all of it is undone")
    func whatAFailedRunOwesIsDoneOrAllIsUndone() async throws {
        let (forward, failed) = try await Self.halfConfigured()
        #expect(failed.lastEnd == .paused(.failedStep(StepID("second"))))
        #expect(try await forward.run().lastEnd == .goalReached)
        #expect(forward.calls == [#"first="new""#, #"second="new""#, #"service="restarted""#])

        let (back, half) = try await Self.halfConfigured()
        _ = try await back.run(.rollback(try half.rollbackSteps(.all), includeKept: false))
        #expect(back.things == ["first": "old", "second": "old", "service": "running"])

        let (whole, _) = try await Self.halfConfigured()
        let done = try await whole.run()
        _ = try await whole.run(.rollback(try done.rollbackSteps(.all), includeKept: false))
        #expect(whole.things == ["first": "old", "second": "old", "service": "running"])
        #expect(whole.violations.isEmpty)
    }
}
