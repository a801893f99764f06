import Foundation
import Glibc
import Testing

/// What befalls a run while a program of it is at work: a second terminal, Ctrl-C, the end of its process.
@Suite(.timeLimit(.minutes(5))) struct LiveRunTests {
    @Test func aKilledRunIsShownAsInterruptedAndGoesOn() async throws {
        let work = try await AtWork(Runbooks.gated)
        work.run.signal(SIGKILL)
        #expect(await work.run.outcome().status == 128 + SIGKILL)
        #expect(try await work.workplace.status() == "interrupted")
        let status = try await work.workplace.migrate("status").output
        #expect(status.contains("interrupted") && status.contains("its holder is gone: "))
        #expect(!status.contains("held by"))
        try await work.letGoOn()
        #expect(try await work.workplace.migrate("run").status == 0)
        #expect(try work.made == "made\n", "what had happened was done again")
        #expect(try await work.workplace.status() == "succeeded")
    }

    @Test func whatHadNotHappenedWhenTheProcessDiedIsDone() async throws {
        let work = try await AtWork(Runbooks.gated)
        work.run.signal(SIGKILL)
        _ = await work.run.outcome()
        #expect(kill(-work.group, SIGKILL) == 0)
        let again = try work.workplace.start("run")
        _ = try await work.begun.word()
        try await work.letGoOn()
        #expect(await again.outcome().status == 0)
        #expect(try work.made == "made\n")
    }

    @Test func aProgramOutlivesTheRunAndIsWaitedFor() async throws {
        let work = try await AtWork(Runbooks.blind)
        work.run.signal(SIGKILL)
        _ = await work.run.outcome()
        #expect(try await work.workplace.migrate("status").output.contains("`sh` is at work as process \(work.group)"))
        let again = try work.workplace.start("run")
        #expect(await again.says("waiting for `sh` (process \(work.group), since "))
        try await work.letGoOn()
        #expect(await again.outcome().status == 0)
        #expect(try work.made == "made\n")
        let left = try FileManager.default.contentsOfDirectory(
            atPath: work.workplace.folder.appending(path: "state/programs/small.test").path
        )
        #expect(left.isEmpty, "what programs write may hold secrets")
    }

    @Test func aProgramThatEndedWhileNobodyWaitedIsNeitherInDoubtNorRunAgain() async throws {
        let work = try await AtWork(Runbooks.blind)
        work.run.signal(SIGKILL)
        _ = await work.run.outcome()
        try await work.letGoOn()
        #expect(try await work.workplace.migrate("run").status == 0)
        #expect(try work.made == "made\n")
    }

    @Test func aProgramOfAKilledRunIsWaitedForBeforeItIsUndone() async throws {
        let work = try await AtWork(Runbooks.blind)
        work.run.signal(SIGKILL)
        _ = await work.run.outcome()
        let back = try work.workplace.start("rollback", "--all", "--yes")
        #expect(await back.says("waiting for `sh`"))
        try await work.letGoOn()
        #expect(await back.outcome().status == 0)
        #expect(!work.workplace.has("runbooks/small/made"))
    }

    @Test func aProgramThatIsKilledWithItsShellIsInDoubtUntilAPersonSays() async throws {
        let work = try await AtWork(Runbooks.blind)
        work.run.signal(SIGKILL)
        _ = await work.run.outcome()
        #expect(kill(-work.group, SIGKILL) == 0)
        let doubt = try await work.workplace.migrate("run")
        #expect(doubt.status == 5)
        #expect(doubt.talk.contains("migrate resolve make"))
        #expect(try await work.workplace.migrate("run").status == 5)
        let made = work.workplace.folder.appending(path: "runbooks/small/made")
        try Data("made\n".utf8).write(to: made)
        #expect(try await work.workplace.migrate("resolve", "make", "--applied", "--reason", "seen").status == 0)
        #expect(try await work.workplace.migrate("run").status == 0)
        #expect(try work.made == "made\n")
    }

    @Test func pauseFromASecondProcessEndsTheRunAfterTheCallInHand() async throws {
        let work = try await AtWork(Runbooks.gated)
        #expect(try await work.workplace.migrate("pause").status == 0)
        try await work.letGoOn()
        let outcome = await work.run.outcome()
        #expect(outcome.status == 3)
        #expect(outcome.talk.contains("paused: asked for by"))
        #expect(try await work.workplace.status() == "paused")
        #expect(try await work.workplace.migrate("run").status == 0)
        #expect(try work.made == "made\n")
    }

    @Test func theFirstInterruptFinishesTheCallInHand() async throws {
        let work = try await AtWork(Runbooks.gated)
        work.run.signal(SIGINT)
        #expect(await work.run.says("stopping"))
        try await work.letGoOn()
        #expect(await work.run.outcome().status == 3)
        #expect(try await work.workplace.migrate("run").status == 0)
        #expect(try work.made == "made\n")
    }

    @Test("the two signals of GNU `timeout`, to the process and to its group, are one wish")
    func anEchoOfTheFirstSignalEndsNothing() async throws {
        let work = try await AtWork(Runbooks.gated)
        work.run.signal(SIGTERM)
        work.run.signal(SIGINT)
        #expect(await work.run.says("stopping"))
        try await work.letGoOn()
        #expect(await work.run.outcome().status == 3)
        #expect(try await work.workplace.migrate("run").status == 0)
        #expect(try work.made == "made\n")
    }

    @Test func theSecondInterruptEndsAtOnceAndLosesNothing() async throws {
        let work = try await AtWork(Runbooks.gated)
        work.run.signal(SIGINT)
        #expect(await work.run.says("stopping"))
        await work.run.signalUntilItEnds(SIGINT)
        #expect(await work.run.outcome().status == 130)
        #expect(try await work.workplace.status() == "interrupted")
        try await work.letGoOn()
        #expect(try await work.workplace.migrate("run").status == 0)
        #expect(try work.made == "made\n")
    }

    @Test(arguments: [["run"], ["resume"], ["rollback", "--all", "--yes"], ["takeover"]])
    func onlyOneProcessHoldsTheRun(arguments: [String]) async throws {
        let work = try await AtWork(Runbooks.gated)
        let second = try await RunningProgram(
            try Binary.find(),
            arguments,
            in: work.workplace.folder,
            environment: work.workplace.environment
        ).outcome()
        if arguments != ["rollback", "--all", "--yes"] {
            #expect(
                work.workplace.masked(second.talk) == """
                    error: ‹user›@‹host› (process ‹id›, `run`) has held this run for ‹length›; at work: `make`
                    hint: `migrate status` shows what it does; `migrate back-out` reaches it

                    """
            )
        }
        #expect(second.status == 75)
        try await work.letGoOn()
        #expect(await work.run.outcome().status == 0)
        #expect(try work.made == "made\n")
    }

    @Test func aRequestThatDoesNotFitIsRefusedByTheHolder() async throws {
        let work = try await AtWork(Runbooks.gated)
        let retry = try await work.workplace.migrate("retry", "make")
        #expect(retry.status == 64)
        #expect(retry.talk.contains("refused: step `make` has not failed"))
        try await work.letGoOn()
        #expect(await work.run.outcome().status == 0)
    }
}
