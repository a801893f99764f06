import AWSClient
import MigrateCore

extension RecordAction {
    func call(from: Value, to: Value) throws -> CallForecast? { try batch(from: from, to: to) }

    /// The batch from one image to the other, spelled out; nil when both are of no record set.
    ///
    /// Throws: `Problem` when the images are none of record sets.
    func batch(from: Value, to: Value) throws -> CallForecast? {
        let before = try RecordSets(image: from)
        let after = try RecordSets(image: to)
        guard let zone = after?.zone ?? before?.zone else { return nil }
        return CallForecast(
            summary: "one batch to zone \(zone), all of it or none",
            arrival: "INSYNC as a rule within a minute, and then verified at each server that is asked",
            entries: ZoneRecords.changes(from: before, to: after).map(Self.entry)
        )
    }

    private static func entry(_ change: Route53.Change) -> CallForecast.Entry {
        let set = change.recordSet
        let alias = set.aliasTarget.map { "alias of \($0.dnsName) (zone \($0.hostedZoneId))" }
        return CallForecast.Entry(
            cells: [
                change.action.rawValue, set.name, set.type, set.setIdentifier ?? "",
                set.weight.map { "weight \($0)" } ?? "", set.ttl.map { "TTL \($0)" } ?? "",
                alias ?? set.resourceRecords.joined(separator: ", "),
            ],
            value: change.awsForm
        )
    }
}

extension Route53.Change {
    /// The change as the AWS CLI takes it.
    var awsForm: Value { ["Action": .string(action.rawValue), "ResourceRecordSet": recordSet.awsForm] }
}

extension Route53.ResourceRecordSet {
    /// The set as the AWS CLI takes it.
    fileprivate var awsForm: Value {
        var members: [String: Value] = ["Name": .string(name), "Type": .string(type)]
        members["SetIdentifier"] = setIdentifier.map { .string($0) }
        members["Weight"] = weight.map { .integer(Int64($0)) }
        members["TTL"] = ttl.map { .integer(Int64($0)) }
        if !resourceRecords.isEmpty {
            members["ResourceRecords"] = .array(resourceRecords.map { ["Value": .string($0)] })
        }
        if let alias = aliasTarget {
            members["AliasTarget"] = [
                "HostedZoneId": .string(alias.hostedZoneId), "DNSName": .string(alias.dnsName),
                "EvaluateTargetHealth": .bool(alias.evaluateTargetHealth),
            ]
        }
        return .object(members)
    }
}
