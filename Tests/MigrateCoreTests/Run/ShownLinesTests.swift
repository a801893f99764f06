import Testing

@testable import MigrateCore

/// Which lines of a run's standing are written anew.
@Suite("Shown lines")
struct ShownLinesTests {
    @Test func aLineIsHandedOverWhenItIsToBeShownOtherwise() throws {
        var night = Night([.action("make"), .probe("look", needs: ["make"])])
        try night.begin()
        #expect(night.takeLines() == ["make: prechecking", "run: in_progress"])
        try night.answer(.prepare(night.attempt("make")), .prepared(.change(.making("make"))))
        #expect(night.takeLines() == ["make: in_progress"])
        let before = try #require(night.state.record(of: "make"))
        try night.answer(.perform(night.attempt("make")), .performed(.applied(receipt: "receipt")))
        #expect(night.state.record(of: "make") != before)
        #expect(night.takeLines() == [])
        try night.answer(.settle(night.attempt("make")), .settled(.settled(after: "made make", captures: [:])))
        #expect(night.takeLines() == ["look: in_progress", "make: succeeded"])
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("there"))))
        #expect(night.takeLines() == ["look: succeeded", "run: succeeded"])
    }

    @Test func afterAReplayEveryLineThatAnythingHappenedToIsHandedOver() throws {
        var night = Night([.action("make"), .probe("look", needs: ["make"]), .probe("last", needs: ["look"])])
        try night.begin()
        try night.make("make")
        _ = night.takeLines()
        try night.crashAndBegin()
        #expect(night.takeLines() == ["look: in_progress", "make: succeeded", "run: in_progress"])
    }
}

extension Night {
    /// Lines that were handed over: of steps by id, and of the run.
    fileprivate mutating func takeLines() -> [String] {
        let standing = takeStanding()
        let run = standing.isRunChanged ? ["run: \(standing.run.status.rawValue)"] : []
        return standing.steps.values.map { "\($0.id): \($0.state)" }.sorted() + run
    }
}
