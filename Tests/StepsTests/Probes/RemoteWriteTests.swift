import MigrateCore
import Testing

@testable import Steps

/// The bytes of Prometheus' remote write; `Tests/sandbox/test_pipes.py` has a real server read them.
@Suite struct RemoteWriteTests {
    private static let time = Timestamp(milliseconds: 1_768_262_460_000)

    @Test func oneSampleIsOneMessageInOneBlock() {
        // Written down by hand from the two specifications; labels go in order of name.
        let expected =
            "2ff42e00" + "0a2d" + "0a0e" + "0a085f5f6e616d655f5f" + "12027570" + "0a09" + "0a046d61726b" + "120178"
            + "1210" + "09000000000000f03f" + "10e0c49fa5bb33"
        let body = RemoteWrite.body(labels: ["mark": "x", "__name__": "up"], value: 1, at: Self.time)
        #expect(body.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == expected)
    }

    @Test func aLongLabelTakesALongerLength() {
        let label = String(repeating: "x", count: 300)
        let body = RemoteWrite.body(labels: ["__name__": label], value: 1, at: Self.time)
        let length = 337
        #expect(Array(body.prefix(5)) == [UInt8(length & 0x7f) | 0x80, UInt8(length >> 7), 61 << 2, 0x50, 0x01])
        #expect(body.count == 5 + length)
    }
}
