import Foundation
import Glibc
import Testing

/// What users of other tools ask for: to stop a run, and to go on with it where it stopped.
@Suite("Wishes: stopping and going on", .timeLimit(.minutes(5))) struct ResumeWishes {
    /// A runbook of `count` tasks one after the other, each of which adds its number to `trace` whenever it is run;
    /// task `failing` fails until there is a file `mended`.
    private static func tasks(_ count: Int, failing: Int) -> String {
        let steps = (1...count).map { number in
            let condition = number == failing ? "test -e mended && " : ""
            return """
                      - id: task-\(number)
                        title: Task \(number)
                        do: exec
                        with:
                          command: [sh, -c, "\(condition)echo \(number) >> trace"]
                          undo: []
                          clean_failure: true

                """
        }
        return """
            migrate: 1
            runbook: small
            title: Tasks
            phases:
              - id: phase-1
                title: All of them
                steps:

            """ + steps.joined()
    }

    /// Numbers of the tasks that were carried out, in that order.
    private static func trace(in workplace: Workplace) throws -> [Int] {
        try workplace.text(of: "runbooks/small/trace").split(separator: "\n").compactMap { Int($0) }
    }

    @Test("rundeck#126: a run goes on at the step that failed")
    func aRunGoesOnAtTheStepThatFailed() async throws {
        let workplace = try Workplace(runbook: Self.tasks(3, failing: 2))
        let failed = try await workplace.migrate("run")
        #expect(failed.status == 3)
        #expect(try Self.trace(in: workplace) == [1])
        try workplace.write("", to: "runbooks/small/mended")
        #expect(try await workplace.migrate("resume").status == 0)
        #expect(try Self.trace(in: workplace) == [1, 2, 3])
    }

    @Test("ansible#8896: of ten tasks whose ninth failed, a second run repeats none that succeeded")
    func aSecondRunRepeatsNoTaskThatSucceeded() async throws {
        let workplace = try Workplace(runbook: Self.tasks(10, failing: 9))
        #expect(try await workplace.migrate("run").status == 3)
        #expect(try await workplace.migrate("run").status == 3)
        #expect(try Self.trace(in: workplace) == Array(1...8))
        try workplace.write("", to: "runbooks/small/mended")
        #expect(try await workplace.migrate("run").status == 0)
        #expect(try Self.trace(in: workplace) == Array(1...10))
    }

    @Test("temporal#3006: an operator pauses a run from another terminal, and it goes on when told to")
    func anOperatorPausesARunFromAnotherTerminal() async throws {
        let next = """
                  - id: next
                    title: Next
                    do: exec
                    with: {command: [touch, next], undo: [rm, next]}
            """
        let work = try await AtWork(Runbooks.gated + "\n" + next + "\n")
        #expect(try await work.workplace.migrate("pause").status == 0)
        try await work.letGoOn()
        let paused = await work.run.outcome()
        #expect(paused.status == 3)
        #expect(paused.talk.contains("paused: asked for by"))
        #expect(try work.made == "made\n", "the call in hand was not finished")
        #expect(!work.workplace.has("runbooks/small/next"), "something began after the pause")
        #expect(try await work.workplace.status() == "paused")
        #expect(try await work.workplace.migrate("resume").status == 0)
        #expect(try work.made == "made\n")
        #expect(work.workplace.has("runbooks/small/next"))
    }

    /// A step of two halves that nobody can look at, cut off between them.
    private static let halves = Runbooks.blind.replacing(
        "echo $$ > begun && read word < release && echo made >> made",
        with: "echo one >> made && echo $$ > begun && read word < release && echo two >> made"
    )

    @Test(
        "flyway#2444: a half-applied change is mended by hand, and the run is told so and goes on",
        arguments: [true, false]
    )
    func aHalfAppliedChangeIsMendedByHand(finishesIt: Bool) async throws {
        let work = try await AtWork(Self.halves)
        let workplace = work.workplace
        work.run.signal(SIGKILL)
        _ = await work.run.outcome()
        #expect(kill(-work.group, SIGKILL) == 0)
        try work.takeGatesAway()
        #expect(try await workplace.migrate("run").status == 5)
        #expect(try await workplace.migrate("run").status == 5)
        #expect(try work.made == "one\n", "a change in doubt was made again")
        if finishesIt {
            try workplace.write("one\ntwo\n", to: "runbooks/small/made")
            #expect(try await workplace.migrate("resolve", "make", "--applied", "--reason", "by hand").status == 0)
        } else {
            try FileManager.default.removeItem(at: workplace.folder.appending(path: "runbooks/small/made"))
            #expect(try await workplace.migrate("resolve", "make", "--not-applied", "--reason", "undone").status == 0)
        }
        #expect(try await workplace.migrate("run").status == 0)
        #expect(try work.made == "one\ntwo\n")
        #expect(try await workplace.status() == "succeeded")
    }
}
