import MigrateCore
import Synchronization
import TestSupport
import Testing

@testable import Runner

@Suite("What waits together is decided together")
struct InboxTests {
    @Test func everythingThatWaitsIsHandedOverOnceAndInOrder() async {
        let inbox = Inbox<Int>()
        for number in 1...3 { inbox.put(number) }
        var batches: [[Int]] = []
        for await _ in inbox.bell {
            batches.append(inbox.takeAll())
            guard batches.count == 1 else { break }
            inbox.put(4)
        }
        #expect(batches == [[1, 2, 3], [4]])
    }

    @Test func requestsThatWaitAreTakenWithTheBeginningInOneAppend() async throws {
        let appends = Mutex(0)
        let bench = Bench([.make("a")]) { count in appends.withLock { $0 = count } }
        _ = try await bench.run()
        let before = appends.withLock { $0 }
        for _ in 1...5 { _ = try bench.journal.insert(.backOut(), by: "lee", at: bench.clock.now()) }
        let state = try await bench.run(.answer)
        #expect(state.lastRequest == 5)
        #expect(appends.withLock { $0 } == before + 1)
    }

    @Test func evidenceStaysWithTheEventThatItLedTo() {
        func entries(_ sequences: ClosedRange<Int>) -> [JournalEntry] {
            sequences.map { JournalEntry(sequence: $0, at: Timestamp(milliseconds: 0), event: .run(.backOutEnded())) }
        }
        func seen(_ subject: String) -> [StagedEvidence] {
            let evidence = Evidence(subject: subject, summary: "", at: Timestamp(milliseconds: 0))
            return [StagedEvidence(step: nil, stage: "probe", evidence: evidence)]
        }
        var draft = RunLoop.Draft()
        let state = Bench([]).begun()
        draft.add(entries(4...6), seen("first"), in: state)
        draft.add([], seen("late, and led to nothing"), in: state)
        draft.add(entries(7...7), seen("second"), in: state)
        #expect(draft.entries.map(\.sequence) == [4, 5, 6, 7])
        #expect(draft.evidence.map(\.evidence.subject) == ["first", "second"])
        #expect(draft.evidence.map(\.sequence) == [4, 7])
    }

    @Test func oneIntentHasOneProgramWhichIsForgottenOnceItsOutcomeIsDurable() async throws {
        let bench = Bench([.make("a")])
        bench.cloud.state.withLock { $0.programs = ["a"] }
        #expect(try await bench.run().lastEnd == .goalReached)
        let facts = try bench.journal.events(of: 1).compactMap { entry -> String? in
            if case .change(_, .programStarted(let program)) = entry.event { program.name } else { nil }
        }
        #expect(facts == ["a"])
        #expect(bench.cloud.state.withLock { $0.refusals } == 1)
        #expect(bench.cloud.state.withLock { $0.forgotten } == ["a"])
    }
}
