import AWSClient
import MigrateCore

/// Record sets of one name or of several, as an image: whole and exact, so that a DELETE made of it matches.
struct RecordSets: Sendable, Equatable {
    /// Id of the zone.
    var zone: String
    /// Sets, in the order of `order(_:_:)`.
    var sets: [Route53.ResourceRecordSet]

    /// Makes an image.
    init(zone: String, sets: [Route53.ResourceRecordSet]) {
        self.zone = zone
        self.sets = sets.map(Self.canonical).sorted(by: Self.order)
    }

    /// Image as a value; null when there is no set.
    var image: Value {
        sets.isEmpty ? .null : ["zone": .string(zone), "sets": .array(sets.map(Self.value))]
    }

    /// Reads an image; nil for null.
    ///
    /// Throws: `Problem` when the journal holds something else.
    init?(image: Value) throws {
        guard !image.isNull else { return nil }
        guard let zone = image["zone"].string, let rows = image["sets"].array else {
            throw Problem("the image in the journal is not one of record sets")
        }
        self.init(zone: zone, sets: try rows.map(Self.set))
    }

    /// Whether they route by weight.
    var isWeighted: Bool { sets.contains { $0.weight != nil } }

    /// A name and a type, which one answer is about.
    struct Question: Sendable, Hashable {
        /// Name, absolute.
        var name: String
        /// Type.
        var type: String
    }

    /// Names and types present, in the order of the sets.
    var questions: [Question] {
        var known: Set<Question> = []
        return sets.map { Question(name: $0.name, type: $0.type) }.filter { known.insert($0).inserted }
    }

    /// Sets that answer `question`.
    func answering(_ question: Question) -> [Route53.ResourceRecordSet] {
        sets.filter { $0.name == question.name && $0.type == question.type }
    }

    /// The first of `names` that has no set.
    func missing(of names: [String]) -> String? { names.first { name in !sets.contains { $0.name == name } } }

    /// Names in small letters with their final dot, as Route 53 gives them back.
    static func absolute(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasSuffix(".") ? lower : lower + "."
    }

    private static func canonical(_ set: Route53.ResourceRecordSet) -> Route53.ResourceRecordSet {
        var set = set
        set.name = absolute(set.name)
        set.resourceRecords.sort()
        if let alias = set.aliasTarget { set.aliasTarget?.dnsName = absolute(alias.dnsName) }
        return set
    }

    private static func order(_ one: Route53.ResourceRecordSet, _ other: Route53.ResourceRecordSet) -> Bool {
        (one.name, one.type, one.setIdentifier ?? "") < (other.name, other.type, other.setIdentifier ?? "")
    }
}

extension RecordSets {
    /// Why these sets cannot be moved by weights or changed as one simple set; nil when they can.
    var obstacle: Refusal? {
        for set in sets {
            let place = "record set `\(set.name)` \(set.type)"
            if !set.unknownParts.isEmpty {
                return Refusal(
                    "\(place) has parts that this version does not know: \(set.unknownParts.joined(separator: ", "))"
                )
            }
            if set.multiValueAnswer != nil {
                return Refusal("\(place) is one of several values (multi-value answer) and is not flattened")
            }
            let routing = [
                "latency": set.region, "failover": set.failover,
                "geolocation": set.geoLocation.map { $0.countryCode ?? $0.continentCode ?? "" },
                "traffic policy": set.trafficPolicyInstanceId,
            ]
            if let found = routing.sorted(by: { $0.key < $1.key }).first(where: { $0.value != nil }) {
                return Refusal("\(place) is routed by \(found.key), which weights cannot stand beside")
            }
            if let check = set.healthCheckId {
                return Refusal(
                    "\(place) has health check `\(check)`, which would override the weights",
                    hint: "take the health check off before the shift"
                )
            }
        }
        return nil
    }
}

extension RecordSets {
    private static func value(_ set: Route53.ResourceRecordSet) -> Value {
        var members: [String: Value] = ["name": .string(set.name), "type": .string(set.type)]
        members["set"] = set.setIdentifier.map { .string($0) }
        members["weight"] = set.weight.map { .integer(Int64($0)) }
        members["ttl"] = set.ttl.map { .integer(Int64($0)) }
        members["region"] = set.region.map { .string($0) }
        members["failover"] = set.failover.map { .string($0) }
        members["multi_value"] = set.multiValueAnswer.map { .bool($0) }
        members["health_check"] = set.healthCheckId.map { .string($0) }
        members["traffic_policy"] = set.trafficPolicyInstanceId.map { .string($0) }
        if let place = set.geoLocation {
            let parts = ["continent": place.continentCode, "country": place.countryCode, "part": place.subdivisionCode]
            members["geo"] = .object(parts.compactMapValues { $0.map { .string($0) } })
        }
        if !set.resourceRecords.isEmpty { members["values"] = .array(set.resourceRecords.map { .string($0) }) }
        if let alias = set.aliasTarget {
            members["alias"] = [
                "zone_id": .string(alias.hostedZoneId), "dns_name": .string(alias.dnsName),
                "evaluate_target_health": .bool(alias.evaluateTargetHealth),
            ]
        }
        if !set.unknownParts.isEmpty { members["unknown"] = .array(set.unknownParts.map { .string($0) }) }
        return .object(members)
    }

    private static func set(_ value: Value) throws -> Route53.ResourceRecordSet {
        guard let name = value["name"].string, let type = value["type"].string else {
            throw Problem("the image in the journal is not one of record sets")
        }
        var set = Route53.ResourceRecordSet(
            name: name,
            type: type,
            ttl: value["ttl"].integer.map { Int($0) },
            resourceRecords: (value["values"].array ?? []).compactMap(\.string)
        )
        set.setIdentifier = value["set"].string
        set.weight = value["weight"].integer.map { Int($0) }
        set.region = value["region"].string
        set.failover = value["failover"].string
        set.multiValueAnswer = value["multi_value"].bool
        set.healthCheckId = value["health_check"].string
        set.trafficPolicyInstanceId = value["traffic_policy"].string
        set.unknownParts = (value["unknown"].array ?? []).compactMap(\.string)
        if !value["geo"].isNull {
            let place = value["geo"]
            set.geoLocation = Route53.GeoLocation(
                continentCode: place["continent"].string,
                countryCode: place["country"].string,
                subdivisionCode: place["part"].string
            )
        }
        let alias = value["alias"]
        if let zone = alias["zone_id"].string, let target = alias["dns_name"].string {
            set.aliasTarget = Route53.AliasTarget(
                hostedZoneId: zone,
                dnsName: target,
                evaluateTargetHealth: alias["evaluate_target_health"].bool ?? false
            )
        }
        return set
    }
}
