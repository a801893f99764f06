import Testing

@testable import Steps

@Suite struct ShareBandTests {
    private func band(_ weight: Int, _ requests: Int, perAnswer: Int = 20, pinned: Int = 5) throws -> ShareBand {
        let (share, apart) = (try #require(Percent(weight)), try #require(Percent(pinned)))
        return ShareBand(weight: share, requests: requests, perAnswer: perAnswer, pinned: apart)
    }

    @Test(arguments: [(10, 10_000, 0.0547, 0.1852), (50, 2000, 0.325, 0.675), (100, 500, 0.95, 1), (1, 400, 0, 0.1263)])
    func theBoundsAreThoseOfTheFormula(weight: Int, requests: Int, lower: Double, upper: Double) throws {
        let found = try band(weight, requests)
        #expect(abs(found.lower - lower) < 0.001 && abs(found.upper - upper) < 0.001, "\(found)")
    }

    @Test func moreRequestsNarrowItAndMoreOnOneAnswerWidenIt() throws {
        let (few, many, clustered) = (try band(50, 1000), try band(50, 100_000), try band(50, 100_000, perAnswer: 500))
        #expect(few.upper - few.lower > many.upper - many.lower)
        #expect(clustered.upper - clustered.lower > many.upper - many.lower)
    }

    @Test func aBandThatExcludesNothingSaysNothing() throws {
        #expect(try band(50, 100).isEverything)
        #expect(try !band(50, 1000).isEverything)
    }

    @Test func nobodyOnTheNewSideIsNotBelievedOnceThereAreEnoughRequests() throws {
        #expect(try band(1, 100).contains(0))
        // 75 answers: at 1 % none of them is likely enough, at 10 % one in a thousand.
        #expect(try band(1, 1500).contains(0))
        #expect(try !band(10, 1500).contains(0))
        #expect(try !band(1, 30_000).contains(0))
        #expect(try !band(10, 10_000).contains(0))
        #expect(try !band(100, 500).contains(0.9))
        #expect(try band(100, 500).contains(0.97))
    }

    @Test func sharesAreWrittenInTenths() {
        #expect([0, 0.1, 0.1234, 1].map(ShareBand.percent) == ["0 %", "10 %", "12.3 %", "100 %"])
    }
}
