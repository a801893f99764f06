import AWSClient
import MigrateCore

/// Protections under which Route 53 refuses every change of a name's record sets.
///
/// Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSetProtections.html (botocore
/// 1.43.11's model of it), read 2026-11-21.
struct RecordProtections: Sendable {
    /// Names that would change.
    let records: ZoneRecords
    /// Types that would change.
    let types: [String]

    /// Permission for looking.
    static let permission = Permission(
        ["route53:ListResourceRecordSetProtections"],
        on: "arn:aws:route53:::hostedzone/${zone}",
        mutates: false
    )

    /// Refuses when any of the names is protected in one of the types.
    ///
    /// Why nothing lifts it: whoever protected the record wants to be asked, and says by lifting it that it may change.
    /// Throws: `Refusal`; what the tools throw.
    func refuse(in zone: Route53.HostedZone, _ world: World) async throws {
        var found: [Route53.ResourceRecordSetProtection] = []
        for name in records.names {
            found += try await world.call("route53:ListResourceRecordSetProtections \(name)") {
                try await world.aws.route53.protections(of: name, hostedZoneId: zone.id)
            }.filter { types.contains($0.recordType) }
        }
        guard let first = found.first else { return }
        let words = found.map { protection in
            let comment = protection.comment.map { " (\"\($0)\")" } ?? ""
            return "`\(protection.recordName)` \(protection.recordType)\(comment)"
        }
        throw Refusal(
            "protected from changes: \(words.joined(separator: ", "))",
            hint: "lift it until the shift is over: `aws route53 delete-resource-record-set-protections "
                + "--hosted-zone-id \(zone.id) --protections RecordName=\(first.recordName),RecordType=\(first.recordType)`"
        )
    }
}
