import Testing

@testable import Network

/// Whose turn it is to look up a name.
@Suite struct LookupGateTests {
    /// The gate, as a reference that expectations can ask.
    private final class Gate {
        private var gate: LookupGate
        init(_ total: Int) { gate = LookupGate(total: total) }
        func admits(_ id: Int, _ host: String) -> Bool { gate.admits(id, for: host) }
        func ended(_ id: Int) -> [Int] { gate.ended(id) }
    }

    @Test func whoeverIsTooManyWaitsForTheFirstToEnd() {
        let gate = Gate(4)
        for (id, host) in ["a", "b", "c", "d"].enumerated() { #expect(gate.admits(id, host)) }
        #expect(!gate.admits(4, "e"))
        #expect(gate.ended(1) == [4])
        #expect(gate.ended(1) == [])
    }

    @Test func oneHostCannotTakeAllTurns() {
        let gate = Gate(8)
        #expect(gate.admits(0, "slow"))
        #expect(gate.admits(1, "slow"))
        #expect(!gate.admits(2, "slow"))
        #expect(gate.admits(3, "other"))
        #expect(gate.ended(3) == [])
        #expect(gate.ended(0) == [2])
    }

    @Test func whoeverGivesUpWhileWaitingIsNotCalled() {
        let gate = Gate(1)
        #expect(gate.admits(0, "a"))
        #expect(!gate.admits(1, "b"))
        #expect(gate.ended(1) == [])
        #expect(gate.ended(0) == [])
    }

    @Test(arguments: [
        ("http://127.0.0.1:80/x", nil), ("https://[::1]/", nil), ("https://a.Example.com:8443/x?y@z", "a.example.com"),
        ("http://user:pass@host/path", "host"), ("https://host", "host"),
    ]) func onlyNamesAreLookedUp(url: String, host: String?) {
        #expect(HTTPRequest(url: url).hostToLookUp == host)
    }

    @Test func theHostToConnectToIsTheOneThatIsLookedUp() {
        var request = HTTPRequest(url: "https://name.example.com/")
        request.connectTo = ConnectTarget(host: "10.0.0.1", port: 443)
        #expect(request.hostToLookUp == nil)
    }
}
