import Testing

@testable import Network

/// Canonical text of addresses (RFC 5952, 4 and 5).
struct IPAddressTextTests {
    @Test(
        arguments: [
            ([0, 0, 0, 0, 0, 0, 0, 0], "::"), ([0, 0, 0, 0, 0, 0, 0, 1], "::1"), ([1, 0, 0, 0, 0, 0, 0, 0], "1::"),
            ([0x2001, 0xDB8, 0, 0, 1, 0, 0, 1], "2001:db8::1:0:0:1"),
            ([0x2001, 0xDB8, 0, 1, 1, 1, 1, 1], "2001:db8:0:1:1:1:1:1"),
            ([0x2001, 0, 0, 1, 0, 0, 0, 1], "2001:0:0:1::1"), ([0x64, 0xFF9B, 0, 0, 0, 0, 0, 0xABCD], "64:ff9b::abcd"),
            ([0, 0, 0, 0, 0, 0xFFFF, 0xC000, 0x0201], "::ffff:192.0.2.1"), ([1, 2, 3, 4, 5, 6, 0, 0], "1:2:3:4:5:6::"),
        ] as [([UInt16], String)]
    )
    func sixIsShortenedOnceAtItsLongestRun(groups: [UInt16], text: String) {
        let bytes = groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        #expect(IPAddressText.text(bytes) == text)
    }

    @Test func fourIsDotted() { #expect(IPAddressText.text([192, 0, 2, 1]) == "192.0.2.1") }

    @Test func anyOtherLengthIsNoAddress() { #expect(IPAddressText.text([1, 2, 3, 4, 5]) == nil) }
}
