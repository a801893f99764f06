import MigrateCore
import Testing

@Suite("Change windows")
struct ChangeWindowTests {
    /// Clocks of the zones that the tests name; Berlin's change on 2026-03-29 and 2026-10-25 at 01:00 UTC.
    private static func offset(_ zone: String, _ time: Timestamp) -> Duration? {
        switch zone {
        case "UTC": .zero
        case "Asia/Seoul": .seconds(9 * 3600)
        case "Europe/Berlin":
            (1_774_746_000_000..<1_792_890_000_000).contains(time.milliseconds) ? .seconds(7200) : .seconds(3600)
        default: nil
        }
    }

    private static func ruling(_ text: String, at time: String) throws -> (until: String?, next: String?) {
        let window = try #require(ChangeWindow(text: text))
        let ruling = try window.ruling(at: instant(time), offset: offset)
        return (ruling.openUntil?.description, ruling.opensNext?.description)
    }

    /// Time of `2026-11-21T16:30`, in UTC.
    private static func instant(_ text: String) throws -> Timestamp {
        let numbers = text.split { "-T:".contains($0) }.compactMap { Int64($0) }
        let lengths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let days = 20_454 + lengths.prefix(Int(numbers[1]) - 1).reduce(0, +) + numbers[2] - 1
        return Timestamp(milliseconds: (days * 1440 + numbers[3] * 60 + numbers[4]) * 60_000)
    }

    @Test(arguments: [
        // Saturday in Seoul begins at 15:00 UTC on Friday.
        ("2026-11-20T16:30", "2026-11-20T20:00:00Z", "2026-11-27T16:00:00Z"),
        ("2026-11-20T15:59", nil, "2026-11-20T16:00:00Z"),
        ("2026-11-20T20:00", nil, "2026-11-27T16:00:00Z"),
    ])
    func aWindowIsReckonedInItsOwnZone(now: String, until: String?, next: String) throws {
        let ruling = try Self.ruling("Sat 01:00-05:00 Asia/Seoul", at: now)
        #expect(ruling.until == until)
        #expect(ruling.next == next)
    }

    @Test func aWindowOverMidnightBelongsToTheDayItBeginsOn() throws {
        #expect(try Self.ruling("Sun 22:00-04:00 UTC", at: "2026-11-23T03:00").until == "2026-11-23T04:00:00Z")
        #expect(try Self.ruling("Sun 22:00-04:00 UTC", at: "2026-11-22T03:00").until == nil)
    }

    @Test func severalSpansAndDaysAreUnderstood() throws {
        let text = "Mon-Thu 22:00-24:00; Sat,Sun 00:00-24:00 UTC"
        #expect(try Self.ruling(text, at: "2026-11-24T22:30").until == "2026-11-25T00:00:00Z")
        #expect(try Self.ruling(text, at: "2026-11-22T12:00").until == "2026-11-23T00:00:00Z")
        #expect(try Self.ruling(text, at: "2026-11-20T12:00").next == "2026-11-21T00:00:00Z")
    }

    /// In spring 02:00 to 03:00 does not exist on 2026-03-29; in autumn it comes twice on 2026-10-25.
    @Test(arguments: [
        ("Sun 01:30-03:30 Europe/Berlin", "2026-03-29T00:45", "2026-03-29T01:30:00Z"),
        ("Sun 01:30-02:30 Europe/Berlin", "2026-03-29T00:29", nil),
        ("Sun 01:30-02:30 Europe/Berlin", "2026-10-25T00:15", "2026-10-25T00:30:00Z"),
        ("Sun 02:30-04:00 Europe/Berlin", "2026-10-25T00:45", nil),
        ("Sun 02:30-04:00 Europe/Berlin", "2026-10-25T01:45", "2026-10-25T03:00:00Z"),
    ])
    func whereClocksChangeTheNarrowerReadingCounts(text: String, now: String, until: String?) throws {
        #expect(try Self.ruling(text, at: now).until == until)
    }

    @Test func anUnknownZoneIsAnError() throws {
        let window = try #require(ChangeWindow(text: "Sat 01:00-05:00 Asia/Soul"))
        #expect(throws: UnknownZone.self) { try window.ruling(at: Timestamp(milliseconds: 0), offset: Self.offset) }
    }

    @Test(arguments: [
        "", "Sat", "01:00-05:00", "Sat 01:00-05:00", "Sat 1:00-5:00 UTC", "Sat 25:00-26:00 UTC",
        "Caturday 01:00-05:00 UTC",
        "Sat 01:00 UTC", "Sat 01:00-05:00-06:00 UTC", "Sat- 01:00-05:00 UTC", "Sat 24:00-25:00 UTC",
        ";Sat 01:00-05:00 UTC",
    ])
    func whatIsNoWindowIsNotTakenForOne(text: String) { #expect(ChangeWindow(text: text) == nil) }
}
