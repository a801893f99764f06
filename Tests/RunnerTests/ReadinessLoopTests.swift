import MigrateCore
import Synchronization
import Testing

@testable import Runner

/// The way back is looked at while a run goes forward, whether or not a phase requires it.
@Suite("The way back, now and then")
struct ReadinessLoopTests {
    @Test(.timeLimit(.minutes(1)))
    func peopleHearWhenAStepCanNoLongerBeUndoneAndWhenItCanAgain() async throws {
        let (beats, beat) = AsyncStream<Void>.makeStream()
        let (heard, hear) = AsyncStream<String>.makeStream()
        let stranger = Mutex<(@Sendable (Value) -> Void)?>(nil)
        let bench = Bench(
            [.make("a"), .make("b", needs: ["a"])],
            beats: [RunMachine.readinessFreshness: beats],
            atLook: { name, _ in
                guard name == "b" else { return }
                var notes = heard.makeAsyncIterator()
                for (found, words) in [
                    ("other", "a: could not be undone as things are: expected made, found other"),
                    ("made", "a: can be undone again"),
                ] {
                    stranger.withLock { $0 }?(.string(found))
                    beat.yield(())
                    #expect(await notes.next() == words)
                }
            }
        )
        stranger.withLock { [cloud = bench.cloud] in
            $0 = { value in cloud.state.withLock { $0.things["a"] = value } }
        }
        #expect(try await bench.run(onNote: { hear.yield($0) }).lastEnd == .goalReached)
    }
}
