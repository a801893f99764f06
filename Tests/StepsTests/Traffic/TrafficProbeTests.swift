import MigrateCore
import Network
import Testing

@testable import Steps

/// `traffic.share` and `traffic.left`, by counters behind HTTP.
@Suite struct TrafficProbeTests {
    /// What `kind` says when the old and the new side answer with these bodies; nil for a counter that is not there.
    private func finding(
        _ kind: String,
        old: String? = nil,
        new: String? = nil,
        _ more: [String: Value]
    ) async -> Finding<ProbeAnswer> {
        var world = World.staged()
        world.http = AnsweringHTTP { request in
            guard let body = request.url.contains("old") ? old : new else {
                throw HTTPFailure(reason: .refused, message: "refused", mayHaveSent: false)
            }
            return HTTPResponse(status: 200, body: Array(body.utf8))
        }
        let call = ProbeCall(kind: kind, parameters: .object(more))
        return await LiveStepExecutor(world: world).probe(call, in: StepScope(step: StepID("shift/share-w10")))
    }

    private func counter(_ side: String) -> Value {
        [
            "probe": "http", "with": ["url": .string("http://\(side)/count")], "count": ".json.n",
            "connections": ".json.c",
        ]
    }

    private func share(_ weight: Int64, old: String?, new: String?, _ more: [String: Value] = [:]) async -> Verdict {
        let given: [String: Value] = ["old": counter("old"), "new": counter("new"), "weight": .integer(weight)]
        let found = await finding("traffic.share", old: old, new: new, given.merging(more) { $1 })
        return found.answer.verdict
    }

    @Test func aShareWithinTheBandPassesAndOneOutsideFails() async {
        #expect(
            await share(10, old: #"{"n": 9000, "c": 1}"#, new: #"{"n": 1000, "c": 2}"#)
                == .pass("new side has 1000 of 10000 requests, 10 %; at 10 % 5 % to 23 % is believed")
        )
        #expect(
            await share(10, old: #"{"n": 10000, "c": 1}"#, new: #"{"n": 0, "c": 0}"#)
                == .fail("new side has 0 of 10000 requests, 0 %; at 10 % only 5 % to 23 % is")
        )
    }

    @Test func tooFewRequestsSayNothing() async {
        let few = Verdict.inconclusive("99 requests are too few to tell 10 % by")
        #expect(await share(10, old: #"{"n": 99, "c": 1}"#, new: #"{"n": 0, "c": 0}"#) == few)
        // Enough by number, and still the band excludes nothing.
        let wide = await share(50, old: #"{"n": 110, "c": 1}"#, new: #"{"n": 0, "c": 0}"#)
        #expect(wide == .inconclusive("110 requests are too few to tell 50 % by"))
    }

    @Test func whatIsNotCountedIsNoZero() async {
        let silent = await share(100, old: nil, new: #"{"n": 1000, "c": 0}"#)
        #expect(silent.word == "error")
        let empty = await share(100, old: "{}", new: #"{"n": 1000, "c": 0}"#)
        #expect(
            empty
                == .error(
                    Problem(
                        "`.json.n` gave nothing, not a count",
                        hint: "where nothing means none, say so: `.json.n // 0`"
                    )
                )
        )
    }

    @Test func whoIsLeftIsCountedWithTheConnectionsTheyKeep() async {
        let side: [String: Value] = ["side": counter("old"), "name": "the old side"]
        let some = await finding("traffic.left", old: #"{"n": 37, "c": 4}"#, side)
        #expect(some.answer.verdict == .fail("still 37 requests, 4 connections open at the old side"))
        #expect(some.evidence.contains { $0.subject == "requests that still reach the old side" })
        let none = await finding("traffic.left", old: #"{"n": 0, "c": 1}"#, side)
        #expect(none.answer.verdict == .pass("nobody left: 0 requests, 1 connection open at the old side"))
        let quiet = await finding("traffic.left", old: #"{"n": 3, "c": 0}"#, side.merging(["quiet": 3]) { $1 })
        #expect(quiet.answer.verdict.isPass)
    }
}
