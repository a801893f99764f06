import MigrateCore
import Testing

@Suite("Signals that ask to stop")
struct StopCallsTests {
    private static func meanings(_ moments: [Duration]) -> [StopCalls.Meaning] {
        var calls = StopCalls()
        return moments.map { calls.heard(at: $0) }
    }

    @Test func aSignalRightAfterTheFirstIsItsEcho() {
        #expect(Self.meanings([.seconds(40), .seconds(40)]) == [.stop, .echo])
        #expect(Self.meanings([.zero, .milliseconds(999)]) == [.stop, .echo])
    }

    @Test func aSecondLaterItIsASecondWish() {
        #expect(Self.meanings([.seconds(7), .seconds(8)]) == [.stop, .endAtOnce])
    }

    @Test func echoesPutNothingOff() {
        let moments: [Duration] = [.zero, .milliseconds(600), .milliseconds(1200)]
        #expect(Self.meanings(moments) == [.stop, .echo, .endAtOnce])
    }
}
