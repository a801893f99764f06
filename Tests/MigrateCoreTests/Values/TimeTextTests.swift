import MigrateCore
import Testing

@Suite struct TimeTextTests {
    @Test(arguments: [
        ("0s", 0), ("300ms", 300), ("45s", 45_000), ("5m", 300_000), ("1h30m", 5_400_000), ("2d", 172_800_000),
        ("1d2h3m4s5ms", 93_784_005), ("90m", 5_400_000), ("007s", 7000),
    ])
    func lengthsAreReadWithTheirUnits(text: String, milliseconds: Int64) {
        #expect(Duration(text: text) == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "", "5", "m", "5 m", "5M", "5min", "1.5h", "-5m", "+5m", "5m5m", "5s1m", "1h30", "9999999999999d", "٥m", "5µs",
        "9223372036854775807s", "9223372036854775807ms1ms", "${x}",
    ])
    func everythingElseIsRefused(text: String) {
        #expect(Duration(text: text) == nil)
    }

    @Test(arguments: [
        (0, "0ms"), (30, "30ms"), (999, "999ms"), (1000, "1s"), (1400, "1.4s"), (1450, "1.4s"), (1050, "1s"),
        (59_999, "59s"), (60_000, "1m"), (61_000, "1m 1s"), (3_600_000, "1h"), (5_430_000, "1h 30m"),
        (183_600_000, "2d 3h"), (-1400, "-1.4s"),
    ])
    func lengthsAreShownInTwoUnitsAtMost(milliseconds: Int64, text: String) {
        #expect(Duration.milliseconds(milliseconds).shortText == text)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (1_768_277_106_000, "2026-01-13T04:05:06Z"), (999, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
        (4_107_542_399_000, "2100-02-28T23:59:59Z"), (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        (1_709_164_800_000, "2024-02-29T00:00:00Z"), (-2_203_891_200_000, "1900-03-01T00:00:00Z"),
    ])
    func timesAreShownInUTC(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test func timesAddUp() {
        let time = Timestamp(milliseconds: 1_768_277_106_000)
        #expect(time + .seconds(60) - time == .seconds(60))
        #expect(time < time + .milliseconds(1))
        #expect(time.clockText == "04:05:06")
    }
}
