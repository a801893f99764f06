import Foundation
import Glibc
import Testing

/// A run whose step `make` is at work and waits to be let go on.
struct AtWork {
    /// Folder that it runs in.
    let workplace: Workplace
    /// Where the step's program says its process id.
    let begun: Gate
    /// What the program waits for.
    let release: Gate
    /// Where the program says that it is over.
    let done: Gate
    /// The run.
    let run: RunningProgram
    /// Process group of the step's program.
    let group: Int32

    /// Starts a run of `runbook`, which is one of those with a gated step, and waits until that step is at work.
    init(_ runbook: String) async throws {
        workplace = try Workplace(runbook: runbook)
        workplace.shortenWaits()
        begun = try Gate("runbooks/small/begun", in: workplace)
        release = try Gate("runbooks/small/release", in: workplace)
        done = try Gate("runbooks/small/done", in: workplace)
        run = try workplace.start("run")
        group = getpgid(try #require(Int32(try await begun.word())))
    }

    /// Lets the program do its work and waits until it is over.
    func letGoOn() async throws {
        try await release.open()
        _ = try await done.word()
    }

    /// Puts files in the place of the gates, so that a program that is started from here on waits for nobody.
    func takeGatesAway() throws {
        for gate in ["begun", "release", "done"] { try workplace.write("go\n", to: "runbooks/small/\(gate)") }
    }

    /// Text of the file that the step makes.
    var made: String { get throws { try workplace.text(of: "runbooks/small/made") } }
}
