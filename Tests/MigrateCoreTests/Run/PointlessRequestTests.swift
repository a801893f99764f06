import MigrateCore
import Testing

/// What nothing can come of is refused: whoever hears `taken` counts on it.
@Suite("Requests to a run that is over, or that nobody carries on")
struct PointlessRequestTests {
    private static func madeOne() throws -> Night {
        var night = Night([.action("make"), .confirm("agree", "go"), .action("rest", needs: ["make"])])
        try night.begin(.forward(from: nil, through: nil, only: "make"))
        try night.make("make")
        return night
    }

    private static func undone() throws -> Night {
        var night = try madeOne()
        try night.begin(.rollback(["make"], includeKept: false))
        try night.undo("make")
        return night
    }

    private static func isRefused(_ act: RunRequest.Act, in night: Night, _ words: String) throws -> Bool {
        var night = night
        try night.ask(act)
        return night.lastFacts.contains("requestRefused") && night.lastFacts.contains(words)
    }

    private static let forward: [RunRequest.Act] = [
        .approve("go", comment: nil, digest: nil, principal: nil), .reject("go", comment: nil), .revoke("go"), .resume,
        .accept("phase-1", reason: "r"), .skip("rest", reason: "r"), .retry("make"), .done("rest", comment: nil),
    ]

    @Test(arguments: forward + [.pause, .cancel(reason: "r")])
    func whatIsUndoneGoesNowhere(act: RunRequest.Act) throws {
        let night = try Self.undone()
        #expect(night.state.isOver)
        #expect(try Self.isRefused(act, in: night, "the run is over: what it did is undone"))
    }

    @Test(arguments: forward + [.pause])
    func whatWasGivenUpGoesNowhere(act: RunRequest.Act) throws {
        var night = try Self.madeOne()
        try night.ask(.cancel(reason: "enough"))
        #expect(try Self.isRefused(act, in: night, "the run was given up"))
    }

    @Test func aPauseOfWhatIsDoneSaysThatItIsDone() throws {
        var night = Night([.action("make")])
        try night.begin()
        try night.make("make")
        #expect(try Self.isRefused(.pause, in: night, "every phase is done"))
        #expect(night.state.lastEnd == .goalReached)
    }

    @Test func aPauseNeedsSomebodyAtWork() throws {
        var night = try Self.madeOne()
        #expect(try Self.isRefused(.pause, in: night, "nobody carries the run on"))
        try night.begin()
        try night.ask(.pause)
        #expect(night.lastFacts.contains("requestTaken"))
    }

    @Test func whatServesTheWayBackIsHeardAfterTheEnd() throws {
        var night = try Self.madeOne()
        try night.ask(.cancel(reason: "enough"))
        try night.ask(.keepAsIs("make", reason: "r"))
        #expect(night.lastFacts.contains("requestTaken"))
    }
}
