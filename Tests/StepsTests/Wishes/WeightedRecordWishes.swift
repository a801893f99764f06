import MigrateCore
import Testing

@testable import Steps

/// What users of other tools ask for: weights of DNS records.
@Suite("Wishes: weighted records")
struct WeightedRecordWishes {
    private typealias Script = Route53Script

    /// The sets that `part` leaves where there were `sets`, as Route 53 would list them.
    private func sets(after part: KindDeclaration.Part, over sets: [String]) async throws -> [String] {
        let scope = StepScope(step: StepID("shift/\(part.name)"), token: "t")
        let call = ActionCall(kind: "route53.weights", parameters: part.parameters, effect: .reconcilable)
        let listed = ScriptedHTTP([Script.zone, Script.list(sets.joined())])
        let prepared = await LiveStepExecutor(world: .staged(http: listed)).prepare(call, in: scope).answer
        guard case .change(let change) = prepared else { throw Problem("no change: \(prepared)") }
        let http = ScriptedHTTP([Script.changed()])
        let outcome = await LiveStepExecutor(world: .staged(http: http)).perform(change, in: scope).answer
        guard case .applied = outcome else { throw Problem("not made: \(outcome)") }
        #expect(http.seen.count == 1, "not in one batch")
        let deleted = http.lastBody.matches(of: /<Action>DELETE<\/Action>(<ResourceRecordSet>.*?<\/ResourceRecordSet>)/)
        #expect(Set(deleted.map { String($0.output.1) }) == Set(sets), "not exactly what was there is replaced")
        return http.lastBody.matches(of: /<Action>CREATE<\/Action>(<ResourceRecordSet>.*?<\/ResourceRecordSet>)/)
            .map { String($0.output.1) }
    }

    /// Share of each target in `sets`.
    private func shares(_ sets: [String]) -> [String: Int] {
        var shares: [String: Int] = [:]
        for set in sets {
            guard let weight = set.firstMatch(of: /<Weight>(\d+)<\/Weight>/).flatMap({ Int($0.output.1) }),
                let target = set.firstMatch(of: /<Value>([^<]+)<\/Value>/).map({ String($0.output.1) })
            else { continue }
            shares[target] = weight
        }
        return shares
    }

    @Test("DNSControl#940: weighted records move a name from one CDN to another by and by")
    func weightedRecordsMoveANameByAndBy() async throws {
        let shift = try Route53ShiftPlan([
            "zone": "Z1", "name": "grafana.example.com", "to": ["cname": "cdn-b.example.net"],
            "weights": [10, 50, 100], "finish": "weighted",
            "prove": ["path": "/"],
        ]).parts()
        var sets = [Script.values(["cdn-a.example.net"], type: "CNAME")]
        var seen: [[String: Int]] = []
        for (index, part) in shift.enumerated() {
            guard case .action("route53.weights") = part.work else { continue }
            sets = try await self.sets(after: part, over: sets)
            seen.append(shares(sets))
            if part.traffic == .away {
                guard shift.indices.contains(index + 1), case .soak = shift[index + 1].work else {
                    Issue.record("nothing is waited for after \(part.name)")
                    continue
                }
            }
        }
        let wanted = [0, 10, 50, 100].map { ["cdn-a.example.net": 100 - $0, "cdn-b.example.net": $0] }
        #expect(seen == wanted)
    }
}
