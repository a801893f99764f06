import Testing

@testable import Network

/// Where an address leads of itself.
@Suite struct ConnectTargetTests {
    @Test(arguments: [
        ("http://host", "host", 80), ("https://host/path?a:1", "host", 443), ("http://host:3100", "host", 3100),
        ("https://[::1]/", "::1", 443), ("http://[2001:db8::7]:9095/x", "2001:db8::7", 9095),
        ("http://user:pass@host:81/a@b:9", "host", 81), ("http://10.0.0.1?x", "10.0.0.1", 80),
    ]) func hostAndPortAreThoseOfTheAddress(url: String, host: String, port: Int) {
        #expect(ConnectTarget(of: url) == ConnectTarget(host: host, port: port))
    }
}
