import MigrateCore
import Network
import Testing

@testable import Steps

@Suite struct ZoneProofTests {
    private typealias Script = Route53Script

    private static let refusal: ScriptedHTTP.Exchange = .ok(
        "POST \(Script.api)/hostedzone/Z1/rrset/",
        status: 400,
        "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidChangeBatch</Code><Message>no</Message></Error>"
            + "<RequestId>r</RequestId></ErrorResponse>"
    )

    /// What a batch comes to that Route 53 should refuse, when it answers by `script`.
    private func finding(_ script: [ScriptedHTTP.Exchange]) async throws -> ZoneProof.Finding {
        func records(_ name: String) -> ZoneRecords {
            let servers = AuthoritativeServers(given: ["192.0.2.53"], resolver: nil)
            return ZoneRecords(zone: "Z1", names: [name], servers: servers)
        }
        let trial = try ZoneTrial(
            records: records(Script.name),
            goal: records("goal.example.com."),
            world: .staged(http: ScriptedHTTP(script)),
            waits: ZoneProof.Waits(pause: { _ in }, isStopped: { false })
        )
        let step = try #require(trial.steps.first { !$0.isAccepted })
        return await trial.finding(of: step)
    }

    private static func found(_ address: String) -> [ScriptedHTTP.Exchange] {
        [Script.zone, Script.list(Script.values([address]))]
    }

    @Test func aRefusalThatChangesNothingHolds() async throws {
        let found = try await finding(Self.found("192.0.2.1") + [Self.refusal] + Self.found("192.0.2.1"))
        #expect(found.holds && found.seen == "refused, and nothing changed")
    }

    @Test func aRefusalThatChangesSomethingDoesNot() async throws {
        let found = try await finding(Self.found("192.0.2.1") + [Self.refusal] + Self.found("192.0.2.9"))
        #expect(!found.holds && found.seen == "refused, and something changed all the same")
    }

    @Test func aBatchThatShouldHaveBeenRefusedAndWasTakenDoesNotHold() async throws {
        let found = try await finding(Self.found("192.0.2.1") + [Script.changed()])
        #expect(!found.holds && found.seen == "it was taken" && found.hint != nil)
    }
}
