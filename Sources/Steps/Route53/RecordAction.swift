import MigrateCore

/// An action on the record sets of one name: everything but what is wanted.
protocol RecordAction: ActionKind {
    /// The records.
    var records: ZoneRecords { get }
    /// What the receipt keeps of the two images, beside the id of the change.
    func keepsake(from: Value, to: Value) -> [String: Value]
}

extension RecordAction {
    func keepsake(from: Value, to: Value) -> [String: Value] { [:] }

    func observe(_ world: World) async throws -> Value {
        let found = try await records.observe(world)
        return found.image
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        // Images are canonical, so the zone is all that may differ: by its name in one, by its id in the other.
        observed["sets"] == expected["sets"]
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let receipt = try await records.swap(from: from, to: to, summary: summary(from: from, to: to), world)
        return .object((receipt.object ?? [:]).merging(keepsake(from: from, to: to)) { $1 })
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        try await arrival(of: to, receipt: receipt, world)
    }

    /// Whether the change to `to` has reached every authoritative server.
    ///
    /// Throws: what the tools throw.
    func arrival(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        do {
            if let missing = try await records.delay(of: to, receipt: receipt, world) { return .pending(missing) }
        } catch let overwritten as Overwritten {
            return .conflict(found: overwritten.found)
        }
        let kept = (receipt.object ?? [:]).filter { !["change_id", ZoneRecords.seen].contains($0.key) }
        return .settled(after: to, facts: facts(of: to).merging(kept) { $1 })
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        let found = try await observe(world)
        if matches(found, to) {
            // Why the time: with the answer, the id went by which INSYNC is asked for.
            let seen: [String: Value] = [ZoneRecords.seen: .integer(world.now().milliseconds)]
            return .applied(receipt: .object(keepsake(from: from, to: to).merging(seen) { $1 }))
        }
        if matches(found, from) { return .notApplied }
        return .unclear(
            Problem("the record sets of `\(records.words)` are neither as before nor as wanted"),
            found: found
        )
    }

    func facts(of image: Value) -> [String: Value] { recordFacts(of: image) }

    func factsAhead(from: Value, to: Value) -> [String: Value] {
        facts(of: to).merging(keepsake(from: from, to: to)) { $1 }
    }

    /// Facts that every such action gives.
    func recordFacts(of image: Value) -> [String: Value] {
        let sets = image["sets"].array ?? []
        let values = Set(sets.flatMap { $0["values"].array ?? [] }.compactMap(\.string)).sorted()
        return [
            "values": .array(values.map { .string($0) }),
            "ttl": sets.compactMap { $0["ttl"].integer }.max().map { .integer($0) } ?? .null,
        ]
    }
}
