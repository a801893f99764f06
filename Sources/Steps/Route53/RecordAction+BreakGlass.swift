import AWSClient
import MigrateCore

extension TrafficKind where Self: RecordAction {
    func breakGlass(of change: Change, step: StepID, _ world: World) throws -> BreakGlassFile? {
        let endpoint = try world.aws.configuration.endpoints.chosen(for: .route53)
        guard let batches = try HomeBatches(change, endpoint: endpoint) else { return nil }
        return BreakGlassFile(
            traffic: batches.record,
            change: change,
            step: step,
            caution: "Each batch is refused unless the records are exactly as it expects, so trying both is safe.",
            attempts: batches.attempts
        )
    }

    func byHand(from found: Value, to home: Value, _ world: World) throws -> String? {
        let endpoint = try world.aws.configuration.endpoints.chosen(for: .route53)
        let before = try RecordSets(image: found)
        guard let after = try RecordSets(image: home), before != after else { return nil }
        return HomeBatches.command(from: before, to: after, endpoint: endpoint)
    }
}

/// Batches that bring the traffic of a weighted pair home, whether a change of it has taken effect or not.
private struct HomeBatches {
    /// Names of the records.
    let record: String
    /// The commands, each with when it applies.
    private(set) var attempts: [(condition: String, command: String)] = []

    /// Works them out for `change`; nil when neither image is a pair, so that nothing is moved.
    ///
    /// Throws: `Problem` when the images are none of record sets.
    init?(_ change: Change, endpoint: String?) throws {
        let before = try RecordSets(image: change.from)
        let after = try RecordSets(image: change.to)
        guard let home = Self.home(before) ?? Self.home(after) else { return nil }
        record = Set(home.sets.map(\.name)).sorted().joined(separator: ", ")
        for (condition, found) in [
            ("When the step has taken effect", after), ("When the step has not taken effect", before),
        ] {
            guard let found, found != home else { continue }
            attempts.append((condition, Self.command(from: found, to: home, endpoint: endpoint)))
        }
        if attempts.isEmpty { return nil }
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

    /// The command for one batch, which is refused unless the records are exactly `from`.
    static func command(from: RecordSets?, to: RecordSets, endpoint: String?) -> String {
        let changes = ZoneRecords.changes(from: from, to: to).map(\.awsForm)
        let batch: Value = ["Comment": "traffic home, by hand", "Changes": .array(changes)]
        let target = endpoint.map { " --endpoint-url \(BreakGlassFile.quoted($0))" } ?? ""
        return "aws route53 change-resource-record-sets\(target) --hosted-zone-id \(BreakGlassFile.quoted(to.zone))"
            + " --change-batch \(BreakGlassFile.quoted(batch.text))"
    }
}
