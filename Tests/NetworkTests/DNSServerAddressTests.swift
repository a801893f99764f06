import Testing

@testable import Network

/// Addresses of name servers.
struct DNSServerAddressTests {
    @Test(arguments: [
        ("192.0.2.1:5353", "192.0.2.1:5353"), ("192.0.2.1", "192.0.2.1:53"), ("[2001:db8::1]:54", "[2001:db8::1]:54"),
        ("[2001:db8::1]", "[2001:db8::1]:53"), ("2001:db8::1", "[2001:db8::1]:53"),
    ])
    func addressIsRead(text: String, expected: String) throws {
        #expect(try DNSServerAddress(text).text == expected)
    }

    @Test(arguments: [
        "", "nonsense", "ns1.example.com:53", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:+53",
        "192.0.2.1:53,192.0.2.2:53", "[192.0.2.1]:53", "[2001:db8::1]53", "[2001:db8::1", "192.0.2.1\0:53",
        "192.0.2:53",
    ])
    func whatIsNotAnAddressIsRefused(text: String) {
        #expect(throws: DNSFailure.badServer(text)) { try DNSServerAddress(text) }
    }
}
