import Foundation
import Testing

/// Whole runs through the real binary, with programs of this machine for steps.
@Suite(.timeLimit(.minutes(5))) struct RunTests {
    @Test func anApprovalFromASecondProcessLetsTheRunGoOn() async throws {
        let workplace = try Workplace(runbook: Runbooks.approved)
        workplace.shortenWaits()
        let run = try workplace.start("run")
        #expect(await run.says("the approval covers"))
        #expect(try await workplace.status() == "waiting")
        #expect(try await workplace.migrate("approve", "go", "--yes", "--comment", "fine").status == 0)
        #expect(await run.outcome().status == 0)
        #expect(try await workplace.status() == "succeeded")
    }

    @Test func anApprovalIsTakenThoughNobodyIsAtWork() async throws {
        let workplace = try Workplace(runbook: Runbooks.approved)
        workplace.shortenWaits()
        let run = try workplace.start("run")
        #expect(await run.says("the approval covers"))
        run.signal(SIGINT)
        #expect(await run.outcome().status == 3)
        #expect(try await workplace.migrate("approve", "go", "--yes").status == 0)
        #expect(try await workplace.migrate("resume").status == 0)
    }

    @Test func aRejectionPausesTheRun() async throws {
        let workplace = try Workplace(runbook: Runbooks.approved)
        workplace.shortenWaits()
        let run = try workplace.start("run")
        #expect(await run.says("the approval covers"))
        #expect(try await workplace.migrate("reject", "go", "--comment", "not tonight").status == 0)
        let outcome = await run.outcome()
        #expect(outcome.status == 3)
        #expect(outcome.talk.contains("not tonight"))
    }

    @Test func aFailedStepIsTriedAgainByTheNextRun() async throws {
        let workplace = try Workplace(runbook: Runbooks.failing)
        let first = try await workplace.migrate("run")
        #expect(first.status == 3)
        #expect(first.talk.contains("next: `migrate show check`"))
        try workplace.write("", to: "runbooks/small/mended")
        #expect(try await workplace.migrate("run").status == 0)
        #expect(try await workplace.status() == "succeeded")
    }

    @Test func aRetryIsTakenThoughNobodyIsAtWork() async throws {
        let workplace = try Workplace(runbook: Runbooks.failing)
        #expect(try await workplace.migrate("run").status == 3)
        #expect(try await workplace.migrate("retry", "check").status == 0)
        try workplace.write("", to: "runbooks/small/mended")
        #expect(try await workplace.migrate("run").status == 0)
    }

    @Test func aSkippedStepIsAnExceptionOnRecord() async throws {
        let workplace = try Workplace(runbook: Runbooks.failing)
        #expect(try await workplace.migrate("run").status == 3)
        #expect(try await workplace.migrate("skip", "check", "--reason", "known broken").status == 0)
        #expect(try await workplace.migrate("run").status == 0)
        #expect(try await workplace.status() == "succeeded_with_exceptions")
        #expect(try await workplace.migrate("show", "check").output.contains("known broken"))
    }

    @Test func rollbackUndoesWhatTheRunDidAndTheRecordIsWhole() async throws {
        let workplace = try Workplace(runbook: Runbooks.failing)
        try workplace.write("", to: "runbooks/small/mended")
        #expect(try await workplace.migrate("run").status == 0)
        #expect(workplace.has("runbooks/small/made"))
        let plan = try await workplace.migrate("rollback", "--plan")
        #expect(plan.status == 0)
        #expect(plan.output.contains("make"))
        #expect(workplace.has("runbooks/small/made"), "a plan undid something")
        #expect(try await workplace.migrate("rollback", "--all", "--yes").status == 0)
        #expect(!workplace.has("runbooks/small/made"))
        #expect(try await workplace.status() == "rolled_back")
        let check = try await workplace.migrate("log", "--verify")
        #expect(check.status == 0)
        #expect(check.output.contains("whole"))
        #expect(try await workplace.migrate("run").status == 0)
        #expect(workplace.has("runbooks/small/made"))
    }

    @Test func rollbackWorksWithoutTheRunbooksFile() async throws {
        let workplace = try Workplace(runbook: Runbooks.failing)
        try workplace.write("", to: "runbooks/small/mended")
        #expect(try await workplace.migrate("run").status == 0)
        try workplace.write("this: is no longer a runbook\nrunbook: small\n", to: "runbooks/small/runbook.yaml")
        #expect(try await workplace.migrate("rollback", "--all", "--yes").status == 0)
        #expect(!workplace.has("runbooks/small/made"))
    }

    @Test func jsonOfARunIsWhatItsLogHolds() async throws {
        let workplace = try Workplace(runbook: Runbooks.failing)
        try workplace.write("", to: "runbooks/small/mended")
        let run = try await workplace.migrate("run", "--json")
        #expect(run.status == 0)
        #expect(run.output == (try await workplace.migrate("log", "--json").output))
        let lines = run.output.split(separator: "\n")
        #expect(lines.count > 5)
        for (index, line) in lines.enumerated() {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["sequence"] as? Int == index + 1)
        }
    }

    @Test func resumeTakesNoPhase() async throws {
        let workplace = try Workplace(runbook: Runbooks.failing)
        #expect(try await workplace.migrate("resume", "phase-1").status == 64)
    }
}

extension Workplace {
    /// Word of the run's state, as `status --json` has it.
    func status() async throws -> String? {
        let outcome = try await migrate("status", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return object?["status"] as? String
    }
}
