import Synchronization
import Testing

@testable import Runner

@Suite("A stage against its limit")
struct RaceTests {
    private struct Fault: Error {}

    @Test func whatEndsAtOnceIsNotRaced() async throws {
        let isRaced = Mutex(false)
        let first = try await race {
            1
        } against: {
            isRaced.withLock { $0 = true }
            return 2
        }
        #expect(first == 1)
        #expect(!isRaced.withLock { $0 })
    }

    @Test func whatHasToWaitIsCancelledOnceTheOtherIsOver() async throws {
        let wasCancelled = Mutex(false)
        let first = try await race {
            for await _ in AsyncStream<Void>.makeStream().stream {}
            wasCancelled.withLock { $0 = Task.isCancelled }
            return 1
        } against: {
            2
        }
        #expect(first == 2)
        #expect(wasCancelled.withLock { $0 })
    }

    @Test func whatGoesWrongAtOnceIsHandedOn() async {
        await #expect(throws: Fault.self) {
            try await race {
                throw Fault()
            } against: {
            }
        }
    }
}
