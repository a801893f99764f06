import MigrateCore
import Testing

@testable import Steps

/// What lies ready for a person without `migrate`.
extension Route53BatchTests {
    @Test func theWayHomeIsOnDiskBeforeTheCall() async throws {
        let change = try await change(
            "route53.weights",
            toBalancer.merging(["weight": 10]) { $1 },
            [
                Script.loadBalancer(), Script.zone,
                Script.list(
                    Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 100)),
                    Script.alias(Script.member("new", 0))
                ),
            ]
        )
        let files = KeptFiles()
        _ = await batch(change, files: files)
        #expect(files.text("/state/break-glass/shift-w10.sh") == Self.breakGlass)
    }

    private static let breakGlass = """
        #!/bin/sh
        # Brings the traffic of grafana.example.com. home: all of it to the side that had it before the shift.
        # Written before step shift/w10: new side of grafana.example.com.: 0 % → 10 %
        # Needs the AWS CLI and credentials that may make the change; needs neither migrate nor its journal.
        # Each batch is refused unless the records are exactly as it expects, so trying both is safe.

        # When the step has taken effect:
        aws route53 change-resource-record-sets --hosted-zone-id 'Z1' --change-batch '{"Changes":[\
        {"Action":"DELETE","ResourceRecordSet":{"AliasTarget":{"DNSName":"alb.elb.amazonaws.com.",\
        "EvaluateTargetHealth":false,"HostedZoneId":"ZALB"},"Name":"grafana.example.com.",\
        "SetIdentifier":"migrate-new","Type":"A","Weight":10}},\
        {"Action":"DELETE","ResourceRecordSet":{"Name":"grafana.example.com.",\
        "ResourceRecords":[{"Value":"192.0.2.1"}],"SetIdentifier":"migrate-old","TTL":60,"Type":"A","Weight":90}},\
        {"Action":"CREATE","ResourceRecordSet":{"AliasTarget":{"DNSName":"alb.elb.amazonaws.com.",\
        "EvaluateTargetHealth":false,"HostedZoneId":"ZALB"},"Name":"grafana.example.com.",\
        "SetIdentifier":"migrate-new","Type":"A","Weight":0}},\
        {"Action":"CREATE","ResourceRecordSet":{"Name":"grafana.example.com.",\
        "ResourceRecords":[{"Value":"192.0.2.1"}],"SetIdentifier":"migrate-old","TTL":60,"Type":"A","Weight":100}}\
        ],"Comment":"traffic home, by hand"}'

        """

    @Test func withoutTheFileThereIsNoCall() async throws {
        let change = try await change(
            "route53.weights",
            toBalancer.merging(["weight": 10]) { $1 },
            [
                Script.loadBalancer(), Script.zone,
                Script.list(
                    Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 100)),
                    Script.alias(Script.member("new", 0))
                ),
            ]
        )
        let http = ScriptedHTTP()
        let executor = LiveStepExecutor(world: .staged(http: http, files: KeptFiles(isReadOnly: true)))
        guard case .notApplied(_, isTransient: false) = await executor.perform(change, in: scope).answer else {
            Issue.record("the call was made")
            return
        }
        #expect(http.seen.isEmpty)
    }
}
