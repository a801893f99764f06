import MigrateCore
import Synchronization
import Testing

@testable import Steps

/// What a Terraform that was ended in the middle proves by its own log.
@Suite struct TerraformLogTests {
    private static let id = "fa3a0644-235c-de60-4196-101fd2106570"
    private static let trying =
        "[INFO]  backend-s3: Attempting to lock remote state (S3 Native only)...: tf_backend.lock.id=\(id) tf_backend.x"
    private static let locked = "[INFO]  backend-s3: Locked remote state (S3 Native only): tf_backend.lock.id=\(id) y"
    private static let begun = "2026-11-21T08:28:23.253Z [INFO]  Starting apply for terraform_data.a"
    private static let unlocking =
        "[INFO]  backend-s3: Attempting to unlock remote state (S3 Native only)...: tf_backend.lock.id=\(id) z"
    private static let unlocked = "[INFO]  backend-s3: Unlocked remote state (S3 Native only): tf_backend.lock.id=\(id)"

    @Test(
        arguments: [
            ([], nil, []), ([trying], id, []), ([trying, locked, begun], id, ["terraform_data.a"]),
            ([trying, locked, begun, unlocking], id, ["terraform_data.a"]),
            ([trying, locked, begun, unlocking, unlocked], nil, ["terraform_data.a"]),
        ] as [([String], String?, [String])]
    )
    func itTellsItsLockAndWhatItBegan(lines: [String], lock: String?, resources: [String]) {
        let log = TerraformLog(lines.joined(separator: "\n"))
        #expect(log.heldLock == lock)
        #expect(log.begun == resources)
    }

    private func outcome(_ lines: [String], _ script: ScriptedPrograms) async -> (PerformOutcome, [ChildProgram]) {
        let earlier = ChildProgram.sample("terraform")
        let recorded = Mutex<[ChildProgram]>([])
        let files = KeptFiles(["/state/programs/x/log": lines.joined(separator: "\n")])
        let there: Value = ["resources": ["aws_x.a"], "created": ["aws_x.a"]]
        let change = Change(
            kind: "terraform.saved_plan",
            parameters: ["directory": "tf"],
            from: .null,
            to: there,
            token: "t",
            effect: .reconcilable,
            summary: ""
        )
        let finding = await LiveStepExecutor(world: .staged(programs: script, files: files)).perform(
            change,
            in: StepScope(step: StepID("apply")),
            programs: ProgramLedger(earlier: earlier, tell: { _ in }) { program in
                #expect(script.seen.count == 0, "a lock is on record before it is released")
                recorded.withLock { $0.append(program) }
            }
        )
        return (finding.answer, recorded.withLock { $0 })
    }

    @Test func theLockOfAnApplyThatIsGoneIsPutOnRecordAndReleased() async {
        let script = ScriptedPrograms([
            ("terraform -chdir=tf force-unlock -force \(Self.id)", .success(.wrote("unlocked")))
        ])
        script.lose(.gone(.sample("terraform")))
        let (answer, recorded) = await outcome([Self.trying, Self.locked, Self.begun], script)
        #expect(recorded.map(\.lock) == [Self.id])
        #expect(script.isOver)
        guard case .unclear(let problem) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(problem.message.contains("terraform_data.a"))
    }

    @Test func aLockThatNoLogNamesIsLeftToAPerson() async {
        let script = ScriptedPrograms()
        script.lose(.gone(.sample("terraform")))
        let (answer, recorded) = await outcome([Self.begun], script)
        #expect(recorded.isEmpty)
        #expect("\(answer)".hasPrefix("unclear"))
    }

    @Test func anApplyThatIsOutOfSightKeepsItsLock() async {
        let script = ScriptedPrograms()
        script.lose(.outOfSight(.sample("terraform")))
        let (answer, recorded) = await outcome([Self.trying, Self.locked, Self.begun], script)
        #expect(recorded.isEmpty)
        #expect("\(answer)".hasPrefix("unknown"))
    }

    @Test(arguments: [
        (["[INFO]  Terraform version: 1.11.4"], "notApplied"), ([], "unclear"),
        (["[INFO]  Terraform version: 1.11.4", "[INFO]  backend/local: apply calling Apply"], "unclear"),
    ])
    func onlyALogThatProvesItSaysThatNothingBegan(lines: [String], word: String) async {
        let script = ScriptedPrograms()
        script.lose(.gone(.sample("terraform")))
        let (answer, _) = await outcome(lines, script)
        #expect("\(answer)".hasPrefix(word), "\(answer)")
    }
}
