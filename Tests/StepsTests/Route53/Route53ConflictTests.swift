import MigrateCore
import Testing

@testable import Steps

/// Somebody else's hands on the records of a shift.
@Suite struct Route53ConflictTests {
    private typealias Script = Route53Script

    private static func pair(_ old: Int, _ new: Int) -> [String] {
        [
            Script.values(["192.0.2.1"], ttl: 60, Script.member("old", old)),
            Script.values(["192.0.2.9"], ttl: 60, Script.member("new", new)),
        ]
    }

    /// The change that the weight `share` makes over `sets`.
    private func change(_ share: Int64, over sets: [String]) async throws -> Change {
        let preparation = await Script.prepare(
            "route53.weights",
            ["to": ["address": "192.0.2.9"], "weight": .integer(share)],
            [Script.zone, Script.list(sets.joined())]
        )
        guard case .change(let change) = preparation else { throw Problem("\(preparation)") }
        return change
    }

    @Test func theWayHomeByHandLeadsFromWhatIsThereToTheImageOfHome() async throws {
        let convert = try await change(0, over: [Script.values(["192.0.2.1"])])
        let moved = try await change(10, over: Self.pair(100, 0))
        let found = ScriptedHTTP([Script.zone, Script.list(Self.pair(70, 30).joined())])
        let preparation = await LiveStepExecutor(world: .staged(http: found)).prepareReturn(
            of: convert,
            acceptable: [moved.to, convert.to],
            target: convert.to,
            in: StepScope(step: StepID("shift/convert"), token: "t")
        ).answer
        guard case .conflict(let expected, _, let byHand?) = preparation else {
            Issue.record("\(preparation)")
            return
        }
        #expect(WeightedPair.share(of: expected) == 10)
        let start = "aws route53 change-resource-record-sets --hosted-zone-id 'Z1' --change-batch '"
        let batch = try Value(parsing: Array(byHand.trimmingPrefix(start).dropLast().utf8))
        let steps = (batch["Changes"].array ?? []).map {
            "\($0["Action"].interpolated) \($0["ResourceRecordSet"]["SetIdentifier"].interpolated) "
                + $0["ResourceRecordSet"]["Weight"].interpolated
        }
        #expect(byHand.hasPrefix(start))
        #expect(
            steps == [
                "DELETE migrate-new 30", "DELETE migrate-old 70", "CREATE migrate-new 0", "CREATE migrate-old 100",
            ]
        )
    }

    @Test(arguments: [1, 50, 99])
    func aPairInTheMiddleOfAShiftThatThisRunHasNotMadeIsRefused(share: Int) async {
        let words =
            "`grafana.example.com.` is in the middle of a shift that this run has not made: the new side has \(share) %"
        let sets = Self.pair(100 - share, share).joined()
        let prepared = await Script.prepare(
            "route53.weights",
            ["to": ["address": "192.0.2.9"], "weight": 0],
            [Script.zone, Script.list(sets)]
        )
        guard case .refused(let problem) = prepared else {
            Issue.record("taken over: \(prepared)")
            return
        }
        #expect(problem.message == words)
        #expect(problem.hint?.contains("`migrate back-out` with the journal that began it") == true)
        let call = ProbeCall(kind: "route53.preflight", parameters: Script.parameters(["to": ["address": "192.0.2.9"]]))
        let http = ScriptedHTTP([Script.zone, Script.zone, Script.list(sets)])
        let verdict = await LiveStepExecutor(world: .staged(http: http))
            .probe(call, in: StepScope(step: StepID("shift/preflight"))).answer.verdict
        #expect(verdict.word == "fail" && verdict.summary.hasPrefix(words))
    }

    @Test func aPairAtHomeIsGoneOnWith() async {
        let prepared = await Script.prepare(
            "route53.weights",
            ["to": ["address": "192.0.2.9"], "weight": 0],
            [Script.zone, Script.list(Self.pair(100, 0).joined())]
        )
        guard case .alreadySatisfied = prepared else {
            Issue.record("\(prepared)")
            return
        }
    }
}
