import MigrateCore
import Synchronization
import TestSupport
import Testing

@testable import Runner

/// People are told beside the steps: nothing waits for it, and nothing is told twice.
@Suite("Telling people")
struct NoticeTests {
    /// Time that a notice of these tests may take; like no other length, so that the clock can hold it.
    private static let limit: Duration = .seconds(11)
    /// Sleeps that never end: a notice's limit, and what is left of it when the session's patience passed meanwhile.
    private static let limits: Set<Duration> = [limit, limit - RunLoop.noticePatience]

    private static func notice(_ name: String, _ moments: [RunMoment.Kind] = RunMoment.Kind.allCases) -> PlanNotice {
        PlanNotice(
            id: name,
            moments: moments,
            call: ActionCall(kind: "tell", parameters: ["name": .string(name)], effect: .nonIdempotent),
            timeout: limit
        )
    }

    private static let steps = [PlanStep.make("a"), .make("b", needs: ["a"]), .make("c", needs: ["b"])]

    private func fates(_ state: RunState) -> [String] {
        state.notices.records.map { record in
            let fate =
                switch record.fate {
                case .sent?: "sent"
                case .refused(let problem)?: "refused: \(problem.message)"
                case .unknown(let problem)?: "unknown: \(problem.message)"
                case nil: "pending"
                }
            return "\(record.id.notice) \(record.id.moment.kind.rawValue) \(fate)"
        }
    }

    private func told(_ bench: Bench) -> [String] {
        bench.cloud.state.withLock { $0.told.map { "\($0.notice) \($0.fields["moment"].interpolated)" } }
    }

    @Test func everyMomentIsToldInItsOrderWithTheHeadOfTheLog() async throws {
        let bench = Bench(Self.steps, notices: [Self.notice("team")], holding: [Self.limit, RunLoop.noticePatience])
        let state = try await bench.run()
        #expect(fates(state) == ["team phase_done sent", "team done sent"])
        #expect(told(bench) == ["team phase_done", "team done"])
        let entries = try bench.journal.events(of: 1)
        let last = try #require(entries.last { if case .run(.noticeIntended) = $0.event { true } else { false } })
        let heads = bench.cloud.state.withLock { $0.told.map { $0.fields["head"].interpolated } }
        #expect(heads.last == "1-\(last.sequence)", "the head of the commit that holds the intent")
        #expect(state.notices.records.map(\.head) == heads.map { Optional($0) }, "the head that was told is on record")
    }

    @Test func anAddressThatHangsDelaysNoStepAndItsFateIsOnRecord() async throws {
        let bench = Bench(Self.steps, notices: [Self.notice("team")], holding: Self.limits)
        bench.cloud.state.withLock { $0.manners["team"] = .endless }
        let plain = Bench(Self.steps)
        _ = try await plain.run()
        let state = try await bench.run()
        #expect(state.lastEnd == .goalReached)
        #expect(bench.calls == plain.calls)
        #expect(bench.clock.now() - plain.clock.now() == RunLoop.noticePatience, "only the end waits, and not longer")
        #expect(
            fates(state) == [
                "team phase_done unknown: no answer within 5s of the session's end",
                "team done refused: the session ended before its turn came",
            ]
        )
        #expect(state.notices.pending.isEmpty)
    }

    @Test func oneAddressThatHangsHoldsUpNoOther() async throws {
        let notices = [Self.notice("dead"), Self.notice("team")]
        let (over, end) = AsyncStream<Void>.makeStream()
        let bench = Bench(
            Self.steps,
            beats: [RunLoop.noticePatience: over],
            notices: notices,
            holding: Self.limits
        )
        bench.cloud.state.withLock {
            $0.manners["dead"] = .endless
            $0.onTell = { name, moment in if name == "team", moment == "done" { end.yield(()) } }
        }
        _ = try await bench.run()
        #expect(told(bench).filter { $0.hasPrefix("team") } == ["team phase_done", "team done"])
        #expect(told(bench).filter { $0.hasPrefix("dead") } == ["dead phase_done"])
    }

    @Test(.timeLimit(.minutes(1)))
    func whatCameOfANoticeIsOnRecordWhileAnotherIsWaitedFor() async throws {
        let (over, end) = AsyncStream<Void>.makeStream()
        let ofSession = Mutex(0)
        let plain = Bench(Self.steps) { count in ofSession.withLock { $0 = count } }
        _ = try await plain.run()
        let session = ofSession.withLock { $0 }
        let bench = Bench(
            Self.steps,
            beats: [RunLoop.noticePatience: over],
            notices: [Self.notice("dead", [.done]), Self.notice("team", [.done])],
            holding: Self.limits,
            // The one after the session's own brings the end of the notice that came; only then patience is over.
            beforeAppend: { count in if count == session + 1 { end.yield(()) } }
        )
        bench.cloud.state.withLock { $0.manners["dead"] = .endless }
        let state = try await bench.run()
        #expect(
            fates(state) == ["dead done unknown: no answer within 5s of the session's end", "team done sent"]
        )
    }

    @Test func aNoticeThatTakesTooLongIsUnknownAndTheNextHasItsTurn() async throws {
        let bench = Bench(Self.steps, notices: [Self.notice("team")], holding: [RunLoop.noticePatience])
        bench.cloud.state.withLock { $0.manners["team"] = .endless }
        let state = try await bench.run()
        #expect(
            fates(state) == [
                "team phase_done unknown: no answer within 11s", "team done unknown: no answer within 11s",
            ]
        )
    }

    @Test func whatIsRefusedIsOnRecordAndNotSentAgain() async throws {
        let held: Set<Duration> = [Self.limit, RunLoop.noticePatience]
        let bench = Bench(Self.steps, notices: [Self.notice("team", [.done])], holding: held)
        bench.cloud.state.withLock { $0.manners["team"] = .refused }
        #expect(fates(try await bench.run()) == ["team done refused: no such hook"])
        #expect(fates(try await bench.run()) == ["team done refused: no such hook"])
        #expect(told(bench) == [])
    }

    @Test func anIntentCostsNoCommit() async throws {
        func appends(_ notices: [PlanNotice]?) async throws -> Int {
            let appends = Mutex(0)
            let bench = Bench(
                Self.steps,
                notices: notices,
                holding: Self.limits,
                beforeAppend: { count in appends.withLock { $0 = count } }
            )
            bench.cloud.state.withLock { $0.manners["team"] = .endless }
            _ = try await bench.run()
            return appends.withLock { $0 }
        }
        let with = try await appends([Self.notice("team")])
        #expect(with == (try await appends(nil)) + 1, "the one that says what became of them")
    }

    @Test func aProcessThatDiesWhileTellingLeavesItUnknownForGood() async throws {
        struct Died: Error {}
        let dies = Mutex(true)
        let intents = Mutex(0)
        let bench = Bench(
            [.make("a"), .look("b", kind: "bad", needs: ["a"])],
            notices: [Self.notice("team", [.paused])],
            holding: [Self.limit, RunLoop.noticePatience],
            beforeAppend: { count in
                // The intent is durable by the last append of the session; what follows it never is.
                if dies.withLock({ $0 }), count > intents.withLock({ $0 }), intents.withLock({ $0 }) > 0 {
                    throw Died()
                }
            }
        )
        bench.cloud.state.withLock { $0.verdicts["bad"] = [.fail("5xx")] }
        // How many appends a session takes that tells nobody.
        let plain = Mutex(0)
        let same = Bench(
            [.make("a"), .look("b", kind: "bad", needs: ["a"])],
            beforeAppend: { count in plain.withLock { $0 = count } }
        )
        same.cloud.state.withLock { $0.verdicts["bad"] = [.fail("5xx")] }
        _ = try await same.run()
        intents.withLock { $0 = plain.withLock { $0 } }
        await #expect(throws: Died.self) { try await bench.run() }
        #expect(told(bench) == ["team paused"])
        dies.withLock { $0 = false }
        bench.cloud.state.withLock { $0.verdicts["bad"] = [.pass("mended")] }
        let state = try await bench.run()
        #expect(state.lastEnd == .goalReached)
        #expect(told(bench) == ["team paused"], "told once")
        #expect(fates(state) == ["team paused unknown: the process ended while it was on its way"])
    }
}
