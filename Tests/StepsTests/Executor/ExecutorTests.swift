import MigrateCore
import Testing

@testable import Steps

@Suite struct ExecutorTests {
    private func executor(_ environment: [String: String] = [:]) -> LiveStepExecutor {
        LiveStepExecutor(world: .staged(environment: environment)) { name, role in
            guard name == "trial" else { return nil }
            return role == .probe ? TrialProbe.self : TrialAction.self
        }
    }

    private func prepare(_ parameters: Value, _ scope: StepScope = StepScope(step: StepID("s"), token: "t")) async
        -> Preparation
    {
        await executor(["TOKEN": "s3cr3t-token"]).prepare(
            ActionCall(kind: "trial", parameters: parameters, effect: .reconcilable),
            in: scope
        ).answer
    }

    private func change(_ parameters: Value, from: Value = .null, to: Value = 1) -> Change {
        Change(kind: "trial", parameters: parameters, from: from, to: to, token: "t", effect: .token, summary: "")
    }

    @Test func aChangeHoldsBothImagesAndTheToken() async {
        guard case .change(let change) = await prepare(["found": ["size": 1], "wanted": ["size": 2]]) else {
            Issue.record("no change")
            return
        }
        #expect(change.from == ["size": 1])
        #expect(change.to == ["size": 2])
        #expect(change.token == "t")
        #expect(change.summary == #"{"size":1} → {"size":2}"#)
    }

    @Test func whatHoldsAlreadyIsNotOwned() async {
        let preparation = await prepare(["found": ["size": 2], "wanted": ["size": 2]])
        #expect(preparation == .alreadySatisfied("already as wanted", captures: ["size": 2]))
    }

    @Test(arguments: [
        ("observe refusal", "refused"), ("observe unsent", "unknown"), ("observe sent", "unknown"),
        ("observe denied", "unknown"), ("wanted refusal", "refused"),
    ]) func lookingThatFailsIsRefusedOrUnknown(failure: String, word: String) async {
        let preparation = await prepare(["found": 1, "wanted": 2, "fails": .string(failure)])
        #expect("\(preparation)".hasPrefix(word), "\(preparation)")
    }

    /// The whole table of what an error of the call says about the world.
    @Test(arguments: [
        ("move refusal", "notApplied false"), ("move unsent", "notApplied true"), ("move sent", "unknown"),
        ("move throttled", "notApplied true"), ("move denied", "notApplied false"), ("move lost", "unknown"),
        ("move program", "notApplied false"), ("move late program", "unknown"), ("move strange", "unknown"),
    ]) func anErrorIsAppliedNotAppliedOrUnknown(failure: String, outcome: String) async {
        let finding = await executor().perform(
            change(["fails": .string(failure)]),
            in: StepScope(step: StepID("s"))
        )
        let found =
            switch finding.answer {
            case .applied: "applied"
            case .notApplied(_, let isTransient): "notApplied \(isTransient)"
            case .unknown: "unknown"
            case .unclear: "unclear"
            case .notBegun: "notBegun"
            }
        #expect(found == outcome)
    }

    @Test(arguments: [(2, "applied"), (1, "notApplied"), (3, "unclear")]) func anUnknownOutcomeIsLookedUp(
        found: Int64,
        word: String
    ) async {
        let finding = await executor().reconcile(
            change(["found": .integer(found)], from: 1, to: 2),
            in: StepScope(step: StepID("s"))
        )
        #expect("\(finding.answer)".hasPrefix(word), "\(finding.answer)")
    }

    @Test(arguments: [(1, "alreadyThere"), (2, "change"), (3, "conflict")]) func aReturnStartsFromWhatIsExpected(
        found: Int64,
        word: String
    ) async {
        let finding = await executor().prepareReturn(
            of: change(["found": .integer(found)], from: 1, to: 2),
            acceptable: [2],
            target: 1,
            in: StepScope(step: StepID("s"))
        )
        #expect("\(finding.answer)".hasPrefix(word), "\(finding.answer)")
    }

    @Test func whatIsNotYetSeenIsPending() async {
        let finding = await executor().settle(
            change(["found": 1], from: 1, to: 2),
            receipt: .null,
            in: StepScope(step: StepID("s"))
        )
        #expect(finding.answer == .pending("not yet seen as wanted"))
    }

    @Test func lateValuesAreFilledInAndKeepTheirType() async {
        let scope = StepScope(step: StepID("s"), facts: ["steps": ["repo": ["size": 7, "${": "odd"]]])
        let preparation = await prepare(
            ["found": 1, "wanted": ["size": "${steps.repo.size}", "text": "a ${steps.repo.size}"]],
            scope
        )
        guard case .change(let change) = preparation else {
            Issue.record("no change: \(preparation)")
            return
        }
        #expect(change.to == ["size": 7, "text": "a 7"])
    }

    @Test func aFactThatIsNotThereIsSaid() async {
        let scope = StepScope(step: StepID("s"), facts: ["steps": ["repo": [:]]])
        guard case .unknown(let problem) = await prepare(["wanted": "${steps.repo.uri}"], scope) else {
            Issue.record("let through")
            return
        }
        #expect(problem.message == "`${steps.repo.uri}` is not known: there is no `uri`")
    }

    @Test func probesJudgeAndCapture() async {
        let scope = StepScope(step: StepID("s"), capture: ["double": ".size * 2"])
        let call = ProbeCall(kind: "trial", parameters: ["facts": ["size": 4, "other": 5]])
        let answer = await executor().probe(call, in: scope).answer
        #expect(answer.verdict == .pass(#"saw {"other":5,"size":4}"#))
        // Facts that the kind does not declare are there for `capture` alone.
        #expect(answer.captures == ["size": 4, "double": 8])
    }

    @Test func aProbeWithoutAnAnswerIsAnError() async {
        let call = ProbeCall(kind: "trial", parameters: ["verdict": "none"])
        let answer = await executor().probe(call, in: StepScope(step: StepID("s"))).answer
        #expect(answer.verdict == .error(Problem("no answer from the name server in time")))
    }

    @Test func aCaptureThatGivesNothingIsAnErrorOfAProbeThatPassed() async {
        let scope = StepScope(step: StepID("s"), capture: ["x": "empty"])
        let answer = await executor().probe(ProbeCall(kind: "trial", parameters: [:]), in: scope).answer
        #expect(answer.verdict.word == "error")
        let failing = ProbeCall(kind: "trial", parameters: ["verdict": "fail"])
        #expect(await executor().probe(failing, in: scope).answer.verdict.word == "fail")
    }

    @Test func aKindOfANewerToolIsSaid() async {
        let call = ProbeCall(kind: "nosuch", parameters: [:])
        let answer = await executor().probe(call, in: StepScope(step: StepID("s"))).answer
        #expect(answer.verdict.summary == "this version of `migrate` knows no probe `nosuch`")
    }

    @Test(arguments: [("true", "pass"), ("false", "fail"), (".steps.a", "inconclusive")]) func conditionsAreJudged(
        expression: String,
        word: String
    ) async {
        let scope = StepScope(step: StepID("s"), facts: ["steps": [:]])
        #expect(await executor().evaluate(condition: expression, in: scope).answer.word == word)
    }
}
