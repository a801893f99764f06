import MigrateCore
import Network
import Testing

@testable import Steps

@Suite struct ProgramTests {
    private let scope = StepScope(step: StepID("s"))

    private func change(_ kind: String, _ parameters: Value, from: Value, to: Value) -> Change {
        Change(kind: kind, parameters: parameters, from: from, to: to, token: "t1", effect: .reconcilable, summary: "")
    }

    @Test func programsGetOnlyWhatTheyNeedOfOurEnvironment() async {
        let programs = ScriptedPrograms([("true", .success(.wrote("")))])
        let world = World.staged(
            programs: programs,
            environment: ["PATH": "/bin", "SECRET": "x", "AWS_REGION": "eu-west-1"]
        )
        let call = ProbeCall(kind: "exec", parameters: ["command": ["true"], "env": ["MINE": "1"]])
        #expect(await LiveStepExecutor(world: world).probe(call, in: scope).answer.verdict.isPass)
        #expect(programs.seen.first?.environment == ["PATH": "/bin", "AWS_REGION": "eu-west-1", "MINE": "1"])
    }

    @Test(arguments: [(0, "applied"), (1, "notApplied"), (7, "unknown")]) func whatAProgramDidIsLookedUp(
        status: Int32,
        word: String
    ) async {
        let programs = ScriptedPrograms([("look", .success(.wrote("", status: status)))])
        let given: Value = ["command": ["do"], "undo": ["undo"], "reconcile": ["look"]]
        let answer = await LiveStepExecutor(world: .staged(programs: programs)).reconcile(
            change("exec", given, from: .null, to: ["done": true]),
            in: scope
        ).answer
        #expect("\(answer)".hasPrefix(word), "\(answer)")
    }

    @Test func withoutALookAnUnknownOutcomeWaitsForAPerson() async {
        let answer = await LiveStepExecutor(world: .staged()).reconcile(
            change("exec", ["command": ["do"], "undo": []], from: .null, to: ["done": true]),
            in: scope
        ).answer
        #expect("\(answer)".hasPrefix("unclear"), "\(answer)")
    }

    @Test func aFailedProgramMayHaveDoneSomething() async {
        let programs = ScriptedPrograms([("do", .success(.wrote("", status: 3, errors: "half done")))])
        let answer = await LiveStepExecutor(world: .staged(programs: programs)).perform(
            change("exec", ["command": ["do"], "undo": []], from: .null, to: ["done": true]),
            in: scope
        ).answer
        guard case .unknown(let problem) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(problem.message == "`do`: exit status 3: half done")
        #expect(problem.hint?.contains("`migrate resolve`") == true)
    }

    private static let terraform = "terraform -chdir=tf"
    private static let pull = "\(terraform) state pull"
    private static let apply = "\(terraform) apply -input=false -no-color -lock-timeout=60s"

    private static func state(_ serial: Int, _ names: String...) -> ProcessResult {
        let resources = names.map {
            #"{"mode":"managed","type":"aws_x","name":"\#($0)","instances":[{"attributes":{"password":"canary"}}]}"#
        }
        return .wrote(#"{"serial":\#(serial),"resources":[\#(resources.joined(separator: ","))]}"#)
    }

    private static func plan(_ changes: String) -> ProcessResult { .wrote(#"{"resource_changes":[\#(changes)]}"#) }

    private static func entry(_ name: String, _ action: String, _ more: String = "") -> String {
        #"{"address":"aws_x.\#(name)","mode":"managed","change":{"actions":["\#(action)"]\#(more)}}"#
    }

    private func terraformChange(_ plan: ProcessResult, before: ProcessResult) async -> Finding<Preparation> {
        let programs = ScriptedPrograms([
            ("\(Self.terraform) show -json -no-color migrate.tfplan", .success(plan)),
            (Self.pull, .success(before)),
        ])
        let files = KeptFiles(["/runbook/tf/migrate.tfplan": "plan"])
        let executor = LiveStepExecutor(world: .staged(programs: programs, files: files))
        let call = ActionCall(kind: "terraform.saved_plan", parameters: ["directory": "tf"], effect: .reconcilable)
        return await executor.prepare(call, in: scope)
    }

    @Test func whatTerraformAdoptsIsNotItsOwn() async {
        let finding = await terraformChange(
            Self.plan(Self.entry("made", "create") + "," + Self.entry("found", "no-op", #","importing":{"id":"x"}"#)),
            before: .wrote("")
        )
        guard case .change(let change) = finding.answer else {
            Issue.record("no change: \(finding.answer)")
            return
        }
        #expect(change.to["resources"] == ["aws_x.made"])
        #expect(change.to["adopted"] == ["aws_x.found"])
        #expect(change.summary == "terraform apply in tf: 1 to create, 1 to adopt")
        #expect(!"\(finding.evidence)".contains("canary"))
    }

    /// A plan that was looked at, and one that does the same to the same addresses but for one value.
    @Test func anotherPlanThanTheOneLookedAtIsNotApplied() async {
        let looked = Self.entry("made", "create", #","after":{"size":1}"#)
        let other = Self.entry("made", "create", #","after":{"size":2}"#)
        var digests: [Value] = []
        for plan in [looked, other] {
            guard case .change(let change) = await terraformChange(Self.plan(plan), before: .wrote("")).answer else {
                Issue.record("no change")
                return
            }
            digests.append(change.to["plan"])
        }
        #expect(digests[0] != digests[1])
        let programs = ScriptedPrograms([
            ("\(Self.terraform) show -json -no-color migrate.tfplan", .success(Self.plan(other)))
        ])
        let answer = await LiveStepExecutor(world: .staged(programs: programs)).perform(
            change(
                "terraform.saved_plan",
                ["directory": "tf"],
                from: ["resources": [], "serial": 4],
                to: ["resources": ["aws_x.made"], "created": ["aws_x.made"], "plan": digests[0]]
            ),
            in: scope
        ).answer
        guard case .notApplied(let problem, isTransient: false) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(problem.message.contains("is not the one that was looked at"))
        #expect(programs.isOver)
    }

    @Test func terraformGoesBackByDestroyingExactlyWhatItCreated() async throws {
        let there: Value = [
            "resources": ["aws_x.made"], "adopted": ["aws_x.found"], "changed": [], "created": ["aws_x.made"],
            "serial": 4,
        ]
        let programs = ScriptedPrograms([
            ("\(Self.terraform) init -input=false -no-color", .success(.wrote(""))),
            (
                "\(Self.terraform) plan -input=false -no-color -lock=false -out=migrate-destroy.tfplan "
                    + "-destroy -target=aws_x.made", .success(.wrote(""))
            ),
            (
                "\(Self.terraform) show -json -no-color migrate-destroy.tfplan",
                .success(Self.plan(Self.entry("made", "delete")))
            ),
            ("\(Self.apply) migrate-destroy.tfplan", .success(.wrote(""))),
        ])
        let back = change(
            "terraform.saved_plan",
            ["directory": "tf"],
            from: there,
            to: ["resources": [], "serial": .null]
        )
        let answer = await LiveStepExecutor(world: .staged(programs: programs)).perform(back, in: scope).answer
        #expect(answer == .applied(receipt: ["adopted": ["aws_x.found"]]))
        #expect(programs.isOver)
    }

    @Test(arguments: [(Int32(0), "applied"), (2, "unclear"), (1, "unknown")])
    func anApplyThatNobodySawTheEndOfIsProvedByAPlan(status: Int32, word: String) async {
        // What failed while it was made is in the state by its name, like what was made.
        let programs = ScriptedPrograms([
            (Self.pull, .success(Self.state(5, "made"))),
            (
                "\(Self.terraform) plan -input=false -no-color -lock=false -detailed-exitcode",
                .success(.wrote("Plan: 1 to add, 0 to change, 1 to destroy.\n", status: status))
            ),
        ])
        let there: Value = ["resources": ["aws_x.made"], "created": ["aws_x.made"], "adopted": []]
        let answer = await LiveStepExecutor(world: .staged(programs: programs)).reconcile(
            change("terraform.saved_plan", ["directory": "tf"], from: ["resources": [], "serial": 4], to: there),
            in: scope
        ).answer
        #expect("\(answer)".hasPrefix(word), "\(answer)")
        #expect(programs.isOver)
    }

    @Test func terraformRefusesToGoBackOverAChangeInPlace() async {
        let there: Value = ["resources": ["aws_x.a"], "changed": ["aws_x.a"], "created": [], "serial": 4]
        let back = change(
            "terraform.saved_plan",
            ["directory": "tf"],
            from: there,
            to: ["resources": ["aws_x.a"], "serial": 3]
        )
        let answer = await LiveStepExecutor(world: .staged()).perform(back, in: scope).answer
        guard case .notApplied(let problem, isTransient: false) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(problem.message == "Terraform changed aws_x.a in place, and knows no way back")
    }

    @Test(arguments: [
        ("Error: Saved plan is stale", "notApplied"), ("Error: creating bucket: AccessDenied", "unknown"),
    ]) func anApplyThatFailsMayHaveDoneAPart(said: String, word: String) async {
        let programs = ScriptedPrograms([
            ("\(Self.apply) migrate.tfplan", .success(.wrote("", status: 1, errors: "│ \(said)\n")))
        ])
        let there: Value = ["resources": ["aws_x.a"], "created": ["aws_x.a"]]
        let answer = await LiveStepExecutor(world: .staged(programs: programs)).perform(
            change("terraform.saved_plan", ["directory": "tf"], from: .null, to: there),
            in: scope
        ).answer
        #expect("\(answer)".hasPrefix(word), "\(answer)")
    }

    @Test func aPlanThatDestroysIsRefused() async {
        let programs = ScriptedPrograms([
            ("\(Self.terraform) init -input=false -no-color", .success(.wrote(""))),
            (
                "\(Self.terraform) plan -input=false -no-color -lock=false -out=migrate.tfplan",
                .success(.wrote(""))
            ),
            (
                "\(Self.terraform) show -json -no-color migrate.tfplan",
                .success(Self.plan(Self.entry("db", "delete")))
            ),
        ])
        let answer = await LiveStepExecutor(world: .staged(programs: programs)).probe(
            ProbeCall(kind: "terraform.plan", parameters: ["directory": "tf"]),
            in: scope
        ).answer
        #expect(answer.verdict == .fail("the plan would destroy aws_x.db, which is not allowed"))
        #expect(answer.isFinal)
    }

    @Test func aRegistrysPasswordNeverStandsInArguments() async {
        let answer =
            #"{"authorizationData":[{"authorizationToken":"QVdTOnBhc3N3b3Jk","proxyEndpoint":"http://127.0.0.1:5000"}]}"#
        let http = ScriptedHTTP([.ok("POST https://api.ecr.ap-northeast-2.amazonaws.com/", answer)])
        let image = "127.0.0.1:5000/lgtm/mimir:1"
        let login = "--authfile /tmp/migrate-login-t1.json"
        let programs = ScriptedPrograms([
            (
                "buildah login \(login) --tls-verify=false --username AWS --password-stdin 127.0.0.1:5000",
                .success(.wrote(""))
            ),
            ("buildah push \(login) --tls-verify=false \(image)", .success(.wrote(""))),
            ("buildah logout \(login) 127.0.0.1:5000", .success(.wrote(""))),
        ])
        let files = KeptFiles(programs: ["/bin/buildah"])
        let world = World.staged(http: http, programs: programs, files: files, environment: ["PATH": "/bin"])
        let finding = await LiveStepExecutor(world: world).perform(
            change(
                "image.push",
                ["image": .string(image)],
                from: .null,
                to: ["image": .string(image), "config": "x", "digest": .null]
            ),
            in: scope
        )
        #expect(finding.answer == .applied(receipt: .null))
        #expect(programs.isOver)
        #expect(programs.seen.first?.input == Array("password".utf8))
        #expect(!"\(finding.evidence)".contains("password\""))
    }

    @Test func missingProgramsAreFoundBeforeThePhase() async {
        func step(_ id: String, _ kind: String, _ parameters: Value) -> PlanStep {
            PlanStep(
                id: StepID(id),
                phase: PhaseID("p"),
                title: LocalizedText(id),
                work: .action(ActionCall(kind: kind, parameters: parameters, effect: .reconcilable))
            )
        }
        let steps = [
            step("apply", "terraform.saved_plan", [:]), step("build", "image.build", [:]),
            step("mine", "exec", ["command": ["kdig", "x"]]),
        ]
        let missing = await ToolCheck.missing(
            in: steps,
            path: "/bin:/usr/bin",
            files: KeptFiles(programs: ["/usr/bin/buildah"])
        )
        #expect(
            missing == [
                .init(step: StepID("apply"), anyOf: ["terraform"]), .init(step: StepID("mine"), anyOf: ["kdig"]),
            ]
        )
    }
}
