import AWSClient
import MigrateCore

/// The two sides of a name during a shift, for each record type.
struct WeightedPair: Sendable {
    /// Set identifier of the side that had the traffic before.
    static let oldSide = "migrate-old"
    /// Set identifier of the side that gets it.
    static let newSide = "migrate-new"

    private let zone: String
    private let members: [Route53.ResourceRecordSet]

    /// Takes what is there, simple or already paired, and where the new side points.
    ///
    /// Throws: `Refusal` when the two cannot stand side by side.
    init(_ found: RecordSets, target: RecordTarget, ttl: Int) throws {
        if let obstacle = found.obstacle { throw obstacle }
        zone = found.zone
        members = found.isWeighted ? try Self.paired(found, target, ttl) : try Self.converted(found, target, ttl)
    }

    private static func converted(
        _ found: RecordSets,
        _ target: RecordTarget,
        _ ttl: Int
    ) throws -> [Route53.ResourceRecordSet] {
        var members: [Route53.ResourceRecordSet] = []
        for old in found.sets {
            guard var new = target.sets[old.type] else { throw mismatch(old, target) }
            var old = old
            if old.type == "CNAME", new.aliasTarget != nil { throw mismatch(old, target) }
            old.setIdentifier = oldSide
            // Health must not override weights, whatever the record did before; the before-image keeps what it was.
            old.aliasTarget?.evaluateTargetHealth = false
            new.setIdentifier = newSide
            new.name = old.name
            // An alias lives 60 s; all members of a weighted set share one TTL.
            let hasAlias = old.aliasTarget != nil || new.aliasTarget != nil
            if old.aliasTarget == nil { old.ttl = hasAlias ? Route53TTLAction.aliasTTL : ttl }
            if new.aliasTarget == nil { new.ttl = hasAlias ? Route53TTLAction.aliasTTL : ttl }
            members += [old, new]
        }
        return members
    }

    private static func paired(
        _ found: RecordSets,
        _ target: RecordTarget,
        _ ttl: Int
    ) throws -> [Route53.ResourceRecordSet] {
        for question in found.questions {
            let (sets, type) = (found.answering(question), question.type)
            guard Set(sets.map(\.setIdentifier)) == [oldSide, newSide], sets.count == 2 else {
                throw Refusal(
                    "`\(sets[0].name)` \(type) is already weighted by somebody else",
                    hint: "a shift starts from a simple record"
                )
            }
            let new = sets.first { $0.setIdentifier == newSide }
            guard let wanted = target.sets[type], let new, points(new, at: wanted) else {
                throw Refusal("the new side of `\(sets[0].name)` \(type) points elsewhere than `to` says")
            }
        }
        return found.sets
    }

    private static func points(_ set: Route53.ResourceRecordSet, at target: Route53.ResourceRecordSet) -> Bool {
        set.resourceRecords.sorted() == target.resourceRecords.sorted()
            && set.aliasTarget?.hostedZoneId == target.aliasTarget?.hostedZoneId
            && set.aliasTarget?.dnsName == target.aliasTarget.map { RecordSets.absolute($0.dnsName) }
    }

    private static func mismatch(_ old: Route53.ResourceRecordSet, _ target: RecordTarget) -> Refusal {
        if old.type == "CNAME" {
            return Refusal(
                "`\(old.name)` is a CNAME, which cannot be weighted against an alias or an address",
                hint: "give `to: {cname: …}`, or make it an address or alias first"
            )
        }
        return Refusal(
            "`\(old.name)` has \(old.type) records and the new side has none",
            hint: old.type == "AAAA" ? "make the load balancer dualstack, or remove the AAAA record" : nil
        )
    }

    /// Image with `weight` on the new side; the two add up to 100, so never are all zero.
    func image(weight: Percent) -> Value {
        let sets = members.map { member in
            var member = member
            member.weight = member.setIdentifier == Self.newSide ? weight.value : 100 - weight.value
            return member
        }
        return RecordSets(zone: zone, sets: sets).image
    }

    /// Refuses a pair of which the new side has traffic: a shift from there would move it back, or on, unwatched.
    ///
    /// Why whoever made it: a run finds its own shift at home when it begins it again, so that what it finds in the
    /// middle is somebody else's, or that of a journal that is lost; going back would then lead into the middle too.
    /// Throws: `Refusal`.
    static func refuseStart(from image: Value, of records: ZoneRecords) throws {
        guard let share = share(of: image), share > 0 else { return }
        guard share == 100 else {
            throw Refusal(
                "`\(records.words)` is in the middle of a shift that this run has not made: the new side has \(share) %",
                hint: "end it first: `migrate back-out` with the journal that began it, or by hand weight 100 for "
                    + "`\(oldSide)` and 0 for `\(newSide)`"
            )
        }
        throw Refusal(
            "the new side of `\(records.words)` has all the traffic already",
            hint: "an earlier shift ended here; a new one starts from the side that has the traffic"
        )
    }

    /// Whether a change from one image to the other brings traffic home.
    static func isReturn(from: Value, to: Value) -> Bool {
        guard share(of: to) == 0 else { return false }
        if let share = share(of: from) { return share > 0 }
        // A simple record that points where the new side is: the shift was over.
        let new = (to["sets"].array ?? []).filter { $0["set"].string == newSide }
        return (from["sets"].array ?? []).contains { simple in
            new.contains {
                $0["type"] == simple["type"] && $0["values"] == simple["values"] && $0["alias"] == simple["alias"]
            }
        }
    }

    /// Share of the new side in an image, in percent; nil when the image is not one of a pair.
    static func share(of image: Value) -> Int? {
        let sets = image["sets"].array ?? []
        return sets.first { $0["set"].string == newSide }?["weight"].integer.map { Int($0) }
    }
}
