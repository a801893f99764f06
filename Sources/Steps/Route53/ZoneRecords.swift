import AWSClient
import MigrateCore

/// Record sets of one name in one zone, or of several that change together: looks, changes, follows a change.
struct ZoneRecords: Sendable {
    /// Id or name of the zone, as given.
    let zone: String
    /// Names, each with its final dot.
    let names: [String]
    /// Types looked at.
    var types: [String]
    /// Servers to ask when following a change.
    let servers: AuthoritativeServers

    /// Parameters that `init(_:types:)` reads.
    static let parameters: [ParameterDeclaration] = [
        .required("zone", .string, "id or name of the hosted zone"),
        .required("name", .string, "record name, absolute"),
    ]

    /// Parameter for names that change with the first one.
    static let alsoParameter = ParameterDeclaration.optional(
        "also",
        .list(.string),
        example: ["api.example.com"],
        "further names of the zone, changed in the same batches and brought home in the same one"
    )

    /// Parameters for following a change.
    static let followParameters: [ParameterDeclaration] = [
        .optional(
            "servers",
            .list(.string),
            example: ["ns-1.awsdns-00.com"],
            "`address:port` of the authoritative servers; found when left out"
        ),
        .optional(
            "resolver",
            .string,
            example: "10.0.0.2:53",
            "`address:port` of the resolver for finding them and alias targets; the VPC's says what a private zone answers"
        ),
    ]

    /// Permissions for looking and changing.
    static let permissions = [
        Permission(["route53:ListHostedZonesByName", "route53:GetHostedZone"], on: "*", mutates: false),
        Permission(["route53:ListResourceRecordSets"], on: "arn:aws:route53:::hostedzone/${zone}", mutates: false),
        Permission(["route53:GetChange"], on: "arn:aws:route53:::change/*", mutates: false),
        Permission(["route53:ChangeResourceRecordSets"], on: "arn:aws:route53:::hostedzone/${zone}", mutates: true),
    ]

    /// Permission for `to: {load_balancer: …}`.
    static let targetPermission = Permission(
        ["elasticloadbalancing:DescribeLoadBalancers"],
        on: "*",
        mutates: false
    )

    /// Types that carry traffic.
    static let trafficTypes = ["A", "AAAA", "CNAME"]

    /// Page of the calls.
    static let source =
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html, read 2026-11-21"

    /// Makes the record sets of `names`, absolute.
    init(zone: String, names: [String], types: [String] = trafficTypes, servers: AuthoritativeServers) {
        self.zone = zone
        self.names = names
        self.types = types
        self.servers = servers
    }

    /// Reads the shared parameters.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters, types: [String] = trafficTypes) throws {
        let also = parameters.isKnown("also") ? try parameters.strings("also") : []
        let names = ([try parameters.string("name")] + also).map(RecordSets.absolute)
        if Set(names).count < names.count { throw ParameterError("also", "holds a name twice") }
        self.init(
            zone: try parameters.string("zone"),
            names: names,
            types: types,
            servers: AuthoritativeServers(
                given: parameters.isKnown("servers") ? try parameters.strings("servers") : [],
                resolver: parameters.isKnown("resolver") ? try parameters.stringIfGiven("resolver") : nil
            )
        )
    }

    /// The names in words.
    var words: String { names.joined(separator: ", ") }

    /// The zone.
    ///
    /// Throws: `Refusal` when there is none, more than one, or a name lies outside it.
    func hostedZone(_ world: World) async throws -> Route53.HostedZone {
        let found = zone.contains(".") ? try await zoneByName(world) : try await zoneByID(world)
        let zoneName = RecordSets.absolute(found.name)
        for name in names where name != zoneName && !name.hasSuffix("." + zoneName) {
            throw Refusal("`\(name)` lies outside the zone `\(zoneName)`", hint: "check `zone` and `name`")
        }
        return found
    }

    private func zoneByID(_ world: World) async throws -> Route53.HostedZone {
        do {
            return try await world.call("route53:GetHostedZone \(zone)") {
                try await world.aws.route53.getHostedZone(.init(id: zone))
            }.hostedZone
        } catch let error as AWSError where error.code == "NoSuchHostedZone" {
            throw Refusal("there is no hosted zone `\(zone)`", hint: "check `zone` and the account")
        }
    }

    private func zoneByName(_ world: World) async throws -> Route53.HostedZone {
        let all = try await world.call("route53:ListHostedZonesByName \(zone)") {
            try await world.aws.route53.hostedZones(named: zone)
        }
        guard let first = all.first else {
            throw Refusal("there is no hosted zone named `\(zone)`", hint: "check `zone` and the account")
        }
        guard all.count == 1 else {
            throw Refusal(
                "\(all.count) hosted zones are named `\(zone)`: \(all.map(\.id).joined(separator: ", "))",
                hint: "give the id of the one that is meant"
            )
        }
        return first
    }

    /// Record sets as they are.
    ///
    /// Throws: as `hostedZone(_:)`; what the tools throw.
    func observe(_ world: World) async throws -> RecordSets {
        let id = try await hostedZone(world).id
        var sets: [Route53.ResourceRecordSet] = []
        for name in names {
            sets += try await world.call("route53:ListResourceRecordSets \(name)") {
                try await world.aws.route53.resourceRecordSets(named: name, hostedZoneId: id)
            }
        }
        return RecordSets(zone: id, sets: sets.filter { types.contains($0.type) })
    }

    /// The sets of `image`, of which each name must have some.
    ///
    /// Throws: `Refusal` when one has none; `Problem` when the image is none of record sets.
    func whole(_ image: Value) throws -> RecordSets {
        let sets = try RecordSets(image: image) ?? RecordSets(zone: zone, sets: [])
        if let missing = sets.missing(of: names) {
            throw Refusal("there is no record `\(missing)`", hint: "check `zone`, `name` and `also`")
        }
        return sets
    }

    /// Replaces `from` by `to` in one batch that is refused unless `from` is exactly what is there.
    ///
    /// Every set of `from` is deleted, those that come back unchanged too: that is what makes the batch compare.
    /// Throws: `AWSError`; `Problem` for images that are none.
    func swap(from: Value, to: Value, summary: String, _ world: World) async throws -> Value {
        let old = try RecordSets(image: from)
        let new = try RecordSets(image: to)
        let id: String
        if let known = old?.zone ?? new?.zone { id = known } else { id = try await hostedZone(world).id }
        let input = Route53.ChangeResourceRecordSetsInput(
            hostedZoneId: id,
            changes: Self.changes(from: old, to: new),
            comment: String("migrate: \(summary)".prefix(256))
        )
        let answer = try await world.call("route53:ChangeResourceRecordSets \(words)") {
            try await world.aws.route53.changeResourceRecordSets(input)
        }
        return ["change_id": .string(answer.changeInfo.id)]
    }

    /// The batch: DELETEs of the before-image, then CREATEs.
    static func changes(from old: RecordSets?, to new: RecordSets?) -> [Route53.Change] {
        (old?.sets ?? []).map { Route53.Change(.delete, $0) } + (new?.sets ?? []).map { Route53.Change(.create, $0) }
    }
}

extension Parameters {
    /// Whether the kind has a parameter `name`, given or not.
    func isKnown(_ name: String) -> Bool { names.contains(name) }
}
