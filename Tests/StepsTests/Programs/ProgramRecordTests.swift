import MigrateCore
import Testing

@testable import Steps

/// Programs that change something go by the run's ledger.
@Suite struct ProgramRecordTests {
    private let scope = StepScope(step: StepID("make/part[a]"), token: "t")
    private static let exec: Value = ["command": ["do"], "undo": ["undo"]]

    private func change(_ kind: String, _ parameters: Value, from: Value = .null, to: Value = ["done": true]) -> Change
    {
        Change(kind: kind, parameters: parameters, from: from, to: to, token: "t1", effect: .reconcilable, summary: "")
    }

    @Test func aProgramIsOnRecordBeforeItBegins() async {
        let programs = ScriptedPrograms([("do", .success(.wrote("")))])
        let finding = await LiveStepExecutor(world: .staged(programs: programs)).perform(
            change("exec", Self.exec),
            in: scope,
            programs: ProgramLedger(tell: { _ in }) { program in
                #expect(programs.seen.isEmpty)
                #expect(program.folder == "/state/programs/make-part-a--2a")
            }
        )
        #expect("\(finding.answer)".hasPrefix("applied"))
        #expect(programs.recorded.count == 1)
    }

    @Test func oneThatCannotBePutOnRecordDidNothing() async {
        let programs = ScriptedPrograms()
        let finding = await LiveStepExecutor(world: .staged(programs: programs)).perform(
            change("exec", Self.exec),
            in: scope,
            programs: ProgramLedger(tell: { _ in }) { _ in throw ProgramNotRecorded() }
        )
        guard case .notApplied(_, isTransient: false) = finding.answer else {
            Issue.record("\(finding.answer)")
            return
        }
    }

    private func perform(
        _ change: Change,
        _ earlier: ChildProgram,
        _ world: World
    ) async -> Finding<PerformOutcome> {
        await LiveStepExecutor(world: world).perform(
            change,
            in: scope,
            programs: ProgramLedger(earlier: earlier, tell: { _ in }) { _ in
                Issue.record("nothing may be started")
            }
        )
    }

    @Test(arguments: [(Int32(0), "applied"), (1, "unknown")])
    func oneOnRecordIsWaitedForAndAnswersAsIfWeHadStartedIt(status: Int32, word: String) async {
        let programs = ScriptedPrograms([("wait do", .success(.wrote("x", status: status)))])
        let finding = await perform(change("exec", Self.exec), .sample("do"), .staged(programs: programs))
        #expect("\(finding.answer)".hasPrefix(word), "\(finding.answer)")
        #expect(programs.isOver)
    }

    @Test func whatKeepsUsFromHearingHowItEndedProvesNothing() async {
        let secret = change("exec", ["command": ["do"], "undo": [], "env": ["KEY": "${secrets.key}"]])
        let finding = await perform(secret, .sample("do"), .staged())
        guard case .unknown = finding.answer else {
            Issue.record("\(finding.answer)")
            return
        }
    }

    @Test func terraformOnItsWayIsWaitedForBeforeAnythingAsksForItsLock() async {
        let there: Value = ["resources": ["aws_x.made"], "changed": [], "created": ["aws_x.made"], "serial": 4]
        let programs = ScriptedPrograms([("wait terraform", .success(.wrote("")))])
        let back = change("terraform.saved_plan", ["directory": "tf"], from: there, to: ["resources": []])
        let finding = await perform(back, .sample("terraform"), .staged(programs: programs))
        #expect("\(finding.answer)".hasPrefix("applied"), "\(finding.answer)")
        #expect(programs.isOver)
    }

    @Test(
        arguments: [
            ("exec", ["command": ["do"], "undo": ["undo"]], true), ("exec", ["command": ["do"], "undo": []], true),
        ] as [(String, Value, Bool)]
    )
    func aChangeSaysThatAProgramMakesIt(kind: String, parameters: Value, starts: Bool) async {
        let call = ActionCall(kind: kind, parameters: parameters, effect: .reconcilable)
        let finding = await LiveStepExecutor(world: .staged()).prepare(call, in: scope)
        guard case .change(let change) = finding.answer else {
            Issue.record("\(finding.answer)")
            return
        }
        #expect(change.startsProgram == starts)
    }

    @Test func aProgramThatASignalEndedMayHaveDoneSomethingWhateverItsStatusMeans() async {
        let programs = ScriptedPrograms([("do", .success(ProcessResult(.signaled(2))))])
        let given: Value = ["command": ["do"], "undo": [], "clean_failure": true]
        let finding = await LiveStepExecutor(world: .staged(programs: programs)).perform(
            change("exec", given),
            in: scope
        )
        guard case .unknown = finding.answer else {
            Issue.record("\(finding.answer)")
            return
        }
    }
}
