import MigrateCore
import Synchronization
import Testing

@testable import Runner

@Suite("What is told keeps its order")
struct OrderedProgressTests {
    private func note(_ words: String) -> RunProgress { .note(StepID("a"), words) }

    @Test func notesFollowWhatIsHeldAndWhatIsDroppedIsNeverTold() {
        let told = Mutex<[String]>([])
        let progress = OrderedProgress { progress in
            if case .note(_, let words) = progress { told.withLock { $0.append(words) } }
        }
        func heard() -> [String] { told.withLock { $0 } }
        progress.add(note("first"))
        #expect(heard() == ["first"])
        progress.hold([note("event")])
        progress.add(note("since"))
        progress.hold([note("next")])
        #expect(heard() == ["first"])
        progress.release([note("rest")], then: note("last"))
        #expect(heard() == ["first", "event", "since", "next", "rest", "last"])
        progress.hold([note("lost")])
        progress.add(note("lost with it"))
        progress.drop()
        progress.add(note("after"))
        #expect(heard() == ["first", "event", "since", "next", "rest", "last", "after"])
    }
}
