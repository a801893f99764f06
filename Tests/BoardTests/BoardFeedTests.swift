import MigrateCore
import Synchronization
import Testing

@testable import Board

/// What viewers are told, and when.
@Suite struct BoardFeedTests {
    private let source = GrowingSource()

    private func feed() async throws -> BoardFeed {
        let feed = BoardFeed(
            source: source,
            now: { Timestamp(milliseconds: 1_800_000_100_000) },
            reason: { "\($0)" }
        )
        try await feed.look()
        return feed
    }

    private func next(_ messages: inout AsyncStream<[UInt8]>.AsyncIterator) async -> (event: String, data: Value)? {
        guard let bytes = await messages.next() else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard lines.count == 2, let data = try? Value(parsing: String(lines[1].dropFirst("data: ".count))) else {
            return nil
        }
        return (String(lines[0].dropFirst("event: ".count)), data)
    }

    @Test func aViewerGetsEverythingFirstAndThenWhatChanged() async throws {
        let feed = try await feed()
        var messages = await feed.join().makeAsyncIterator()
        #expect(await next(&messages)?.event == "board")
        source.grow([.step(StepID("network"), .started(attempt: 1))])
        try await feed.look()
        let change = try #require(await next(&messages))
        #expect(change.event == "change")
        #expect(change.data["steps"].array?.map { $0["state"].interpolated } == ["in_progress"])
    }

    @Test func nothingIsSaidWhenNothingHappened() async throws {
        let feed = try await feed()
        var messages = await feed.join().makeAsyncIterator()
        _ = await next(&messages)
        try await feed.look()
        await feed.close()
        #expect(await next(&messages)?.event == "gone")
    }

    @Test func anotherRunIsShownFromItsBeginning() async throws {
        let feed = try await feed()
        source.grow([.step(StepID("network"), .started(attempt: 1))])
        try await feed.look()
        var messages = await feed.join().makeAsyncIterator()
        _ = await next(&messages)
        source.beginAnother()
        try await feed.look()
        let whole = try #require(await next(&messages))
        #expect(whole.event == "board")
        #expect(whole.data["phases"].array?.first?["steps"].array?.first?["state"] == "pending")
    }

    @Test func aHolderWhoIsGoneIsNewsWithoutAnEvent() async throws {
        let feed = try await feed()
        source.grow([.run(.sessionStarted(Session(epoch: 1, holder: "kim", operatorName: "kim", goal: .answer)))])
        try await feed.look()
        var messages = await feed.join().makeAsyncIterator()
        _ = await next(&messages)
        source.lose()
        try await feed.look()
        let change = try #require(await next(&messages))
        #expect(change.event == "change" && change.data["steps"].isNull)
    }

    @Test func aJournalThatCannotBeReadAnyMoreIsToldAndSoIsItsReturn() async throws {
        let feed = try await feed()
        var messages = await feed.join().makeAsyncIterator()
        _ = await next(&messages)
        source.hide()
        for _ in 0..<BoardFeed.forgiven { await feed.watch() }
        let told = try #require(await next(&messages))
        #expect(told.event == "change")
        #expect(told.data["unreadable"]["reason"] == "hidden")
        #expect(told.data["unreadable"]["since"].string == "2027-01-15T08:01:40Z")
        #expect(await feed.document()["unreadable"]["reason"] == "hidden")
        source.show()
        await feed.watch()
        let whole = try #require(await next(&messages))
        #expect(whole.event == "board" && whole.data["unreadable"].isNull)
    }

    @Test func aJournalThatCannotBeReadForAMomentIsNoNews() async throws {
        let feed = try await feed()
        var messages = await feed.join().makeAsyncIterator()
        _ = await next(&messages)
        for _ in 0..<3 {
            source.hide()
            for _ in 1..<BoardFeed.forgiven { await feed.watch() }
            source.show()
            await feed.watch()
        }
        await feed.close()
        #expect(await next(&messages)?.event == "gone")
    }

    @Test func whatIsOldIsNeitherAFigureNorEvidence() async throws {
        source.grow([.step(StepID("network"), .started(attempt: 1))])
        let feed = try await feed()
        source.hide()
        for _ in 0..<BoardFeed.forgiven { await feed.watch() }
        await #expect(throws: BoardFault.unreadable(reason: "hidden")) { try await feed.metrics() }
        await #expect(throws: BoardFault.unreadable(reason: "hidden")) { try await feed.step(StepID("network")) }
    }

    @Test func aSignOfLifeIsAnEventThatThePageHears() async throws {
        let feed = try await feed()
        var messages = await feed.join().makeAsyncIterator()
        _ = await next(&messages)
        await feed.beat()
        #expect(await next(&messages)?.event == "beat")
    }

    @Test func aViewerWhoDoesNotReadIsLetGo() async throws {
        let feed = try await feed()
        let stream = await feed.join()
        for _ in 0..<400 { await feed.beat() }
        var count = 0
        for await _ in stream { count += 1 }
        #expect(count == 256)
    }
}

/// A journal in memory.
private final class GrowingSource: BoardSource {
    private struct Held {
        var run = 1
        var events: [RunEvent] = []
        var isAlive = true
        var isHidden = false
    }

    /// Why it cannot be read.
    private struct Hidden: Error, CustomStringConvertible { var description: String { "hidden" } }

    private let held = Mutex(Held())

    func grow(_ events: [RunEvent]) { held.withLock { $0.events += events } }
    func beginAnother() { held.withLock { $0 = Held(run: $0.run + 1) } }
    func lose() { held.withLock { $0.isAlive = false } }
    func hide() { held.withLock { $0.isHidden = true } }
    func show() { held.withLock { $0.isHidden = false } }

    private func read<Found>(_ look: (Held) -> Found) throws -> Found {
        try held.withLock { held in
            if held.isHidden { throw Hidden() }
            return look(held)
        }
    }

    func newest() throws -> BoardNews {
        try read { BoardNews(run: $0.run, sequence: $0.events.count, head: "h\($0.events.count)") }
    }

    func header() throws -> RunHeader {
        RunHeader(
            number: held.withLock(\.run),
            plan: Plan(
                runbook: "small",
                environment: "test",
                title: LocalizedText("Small"),
                phases: [PlanPhase(id: PhaseID("one"), title: LocalizedText("One"), planned: nil)],
                steps: [
                    PlanStep(
                        id: StepID("network"),
                        phase: PhaseID("one"),
                        title: LocalizedText("Network"),
                        work: .probe(ProbeCall(kind: "tcp", parameters: [:]))
                    )
                ],
                approvals: []
            ),
            digest: "",
            source: "",
            initiator: "kim",
            startedAt: Timestamp(milliseconds: 1_800_000_000_000),
            toolVersion: "0"
        )
    }

    func entries(of run: Int, after sequence: Int) throws -> [JournalEntry] {
        held.withLock { held in
            held.events.enumerated().dropFirst(sequence).map {
                JournalEntry(sequence: $0.offset + 1, at: Timestamp(milliseconds: 1_800_000_000_000), event: $0.element)
            }
        }
    }

    func holder() throws -> (record: LeaseRecord?, isAlive: Bool) { (nil, try read(\.isAlive)) }
    func evidence(of run: Int, step: StepID) throws -> [StepEvidence] { try read { _ in [] } }
}
