import MigrateCore
import Testing

@testable import Runner

@Suite struct ShiftCourseTests {
    /// Spells out of a change its two images alone.
    private struct Speller: StepExecutor {
        func probe(_ call: ProbeCall, in scope: StepScope) async -> Finding<ProbeAnswer> {
            Finding(ProbeAnswer(.pass("fine")))
        }

        func prepare(_ call: ActionCall, in scope: StepScope) async -> Finding<Preparation> {
            Finding(.unknown(Problem("not asked")))
        }

        func perform(
            _ change: Change,
            in scope: StepScope,
            programs: ProgramLedger
        ) async -> Finding<PerformOutcome> { Finding(.notBegun) }

        func forget(_ program: ChildProgram) async -> Problem? { nil }

        func settle(_ change: Change, receipt: Value, in scope: StepScope) async -> Finding<Settlement> {
            Finding(.pending(""))
        }

        func reconcile(_ change: Change, in scope: StepScope) async -> Finding<Reconciliation> {
            Finding(.notApplied)
        }

        func prepareReturn(
            of change: Change,
            acceptable: [Value],
            target: Value,
            in scope: StepScope
        ) async -> Finding<ReturnPreparation> { Finding(.alreadyThere("")) }

        func evaluate(condition expression: String, in scope: StepScope) async -> Finding<Verdict> {
            Finding(.pass("fine"))
        }

        func call(of change: Change, in scope: StepScope) async -> CallForecast? {
            CallForecast(summary: "\(change.from.text) → \(change.to.text)", arrival: "", entries: [])
        }
    }

    private static func step(_ name: String, _ traffic: KindDeclaration.TrafficRole?) -> PlanStep {
        var step = PlanStep(
            id: StepID("shift/\(name)"),
            phase: PhaseID("p"),
            title: LocalizedText(name),
            work: .action(ActionCall(kind: "weights", parameters: [:], effect: .reconcilable)),
            rollback: .captured
        )
        step.composite = StepID("shift")
        step.traffic = traffic
        return step
    }

    private static let state = RunState(
        header: RunHeader(
            number: 1,
            plan: Plan(runbook: "r", environment: "e", title: LocalizedText("r"), phases: [], steps: []),
            digest: "",
            source: "",
            initiator: "",
            startedAt: Timestamp(milliseconds: 0),
            toolVersion: ""
        )
    )

    private static func change(_ from: Int64, _ to: Int64) -> StepForecast.Outlook {
        .change(
            Change(
                kind: "weights",
                parameters: [:],
                from: .integer(from),
                to: .integer(to),
                token: "",
                effect: .reconcilable,
                summary: ""
            )
        )
    }

    /// The way back after parts with these outlooks, in words.
    private func way(
        _ parts: [(name: String, traffic: KindDeclaration.TrafficRole?, outlook: StepForecast.Outlook)]
    ) async -> String? {
        var course = ShiftCourse(executor: Speller())
        for part in parts {
            let step = Self.step(part.name, part.traffic)
            let forecast = StepForecast(step: step.id, outlook: part.outlook, facts: ["ttl": .null])
            await course.take(forecast, of: step, in: StepScope(step: step.id), Self.state)
        }
        guard let last = parts.last, let way = await course.wayBack(after: last.outlook) else { return nil }
        let home = way.home.map { "home \($0.call?.summary ?? "?") in \(way.lag?.shortText ?? "?"); " } ?? ""
        return home + way.undone.map { "\($0.step) \($0.call?.summary ?? "?")" }.joined(separator: ", ")
    }

    @Test func aheadOfTheTrafficThereIsNothingToBringHome() async {
        #expect(await way([("ttl", .ahead, Self.change(1, 2))]) == "shift/ttl 2 → 1")
    }

    @Test func homeIsWhatTheAnchorLeftAndTheRestIsUndoneNewestFirst() async {
        let found = await way([
            ("ttl", .ahead, Self.change(1, 2)), ("convert", .home, Self.change(2, 3)),
            ("w10", .away, Self.change(3, 4)), ("w100", .away, Self.change(4, 5)), ("soak", nil, .waits("5m")),
        ])
        #expect(found == "home 5 → 3 in 1m; shift/convert 3 → 2, shift/ttl 2 → 1")
    }

    @Test func whatWasFoundInPlaceIsHomeAndIsNotUndone() async {
        let found = await way([("convert", .home, .holds("as wanted")), ("w10", .away, Self.change(3, 4))])
        #expect(found == "home 4 → 3 in 1m; ")
    }

    @Test func pastAPartThatCannotBeToldNothingIs() async {
        let found = await way([
            ("convert", .home, Self.change(2, 3)), ("w10", .away, .unknown(Problem("no answer"))),
            ("soak", nil, .waits("5m")),
        ])
        #expect(found == nil)
    }

    @Test func apartFromTheAnchorNothingIsSaidOfTheWayHome() async {
        #expect(await way([("w10", .away, Self.change(3, 4))]) == nil)
    }
}
