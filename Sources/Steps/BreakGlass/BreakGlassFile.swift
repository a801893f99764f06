import AWSClient
import MigrateCore

/// A file that brings traffic home with this tool and its journal gone: a shell script of one `aws` command.
struct BreakGlassFile: Sendable, Equatable {
    /// Name without directory.
    let name: String
    /// Text.
    let content: String

    /// Makes the file for `change` of `step`; nil when neither image is a weighted pair, so that nothing is moved.
    ///
    /// `endpoint` is the address of Route 53 when it is not AWS's own.
    /// Throws: `Problem` when the images are none of record sets.
    init?(change: Change, step: StepID, endpoint: String?) throws {
        let before = try RecordSets(image: change.from)
        let after = try RecordSets(image: change.to)
        guard let home = Self.home(before) ?? Self.home(after), let record = home.sets.first?.name else { return nil }
        name = "\(Self.fileName(step)).sh"
        var attempts: [(String, RecordSets)] = []
        if let after, after != home { attempts.append(("the step has taken effect", after)) }
        if let before, before != home { attempts.append(("the step has not taken effect", before)) }
        guard !attempts.isEmpty else { return nil }
        var lines = [
            "#!/bin/sh",
            "# Brings the traffic of \(record) home: all of it to the side that had it before the shift.",
            "# Written before step \(step): \(change.summary)",
            "# Needs the AWS CLI and credentials that may change the zone; needs neither migrate nor its journal.",
            "# Each batch is refused unless the records are exactly as it expects, so trying both is safe.",
            "",
        ]
        for (index, attempt) in attempts.enumerated() {
            lines.append("# When \(attempt.0):")
            let command = Self.command(from: attempt.1, to: home, endpoint: endpoint)
            lines.append(index < attempts.count - 1 ? command + " && exit 0" : command)
            lines.append("")
        }
        content = lines.joined(separator: "\n")
    }

    /// The pair with all traffic on the old side; nil when the sets are no pair.
    private static func home(_ sets: RecordSets?) -> RecordSets? {
        guard let sets, WeightedPair.share(of: sets.image) != nil else { return nil }
        var home = sets
        for index in home.sets.indices {
            home.sets[index].weight = home.sets[index].setIdentifier == WeightedPair.oldSide ? 100 : 0
        }
        return home
    }

    private static func command(from: RecordSets, to: RecordSets, endpoint: String?) -> String {
        let changes = ZoneRecords.changes(from: from, to: to).map { change -> Value in
            ["Action": .string(change.action.rawValue), "ResourceRecordSet": awsForm(change.recordSet)]
        }
        let batch: Value = ["Comment": "traffic home, by hand", "Changes": .array(changes)]
        let target = endpoint.map { " --endpoint-url \(quoted($0))" } ?? ""
        return "aws route53 change-resource-record-sets\(target) --hosted-zone-id \(quoted(from.zone))"
            + " --change-batch \(quoted(batch.text))"
    }

    /// The set as the AWS CLI takes it.
    private static func awsForm(_ set: Route53.ResourceRecordSet) -> Value {
        var members: [String: Value] = ["Name": .string(set.name), "Type": .string(set.type)]
        members["SetIdentifier"] = set.setIdentifier.map { .string($0) }
        members["Weight"] = set.weight.map { .integer(Int64($0)) }
        members["TTL"] = set.ttl.map { .integer(Int64($0)) }
        if !set.resourceRecords.isEmpty {
            members["ResourceRecords"] = .array(set.resourceRecords.map { ["Value": .string($0)] })
        }
        if let alias = set.aliasTarget {
            members["AliasTarget"] = [
                "HostedZoneId": .string(alias.hostedZoneId), "DNSName": .string(alias.dnsName),
                "EvaluateTargetHealth": .bool(alias.evaluateTargetHealth),
            ]
        }
        return .object(members)
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    private static func fileName(_ step: StepID) -> String {
        String(step.rawValue.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" })
    }
}
