import AWSClient
import MigrateCore

/// Looks for everything that forbids moving a name's traffic by weights, before anything is touched.
struct Route53PreflightProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "route53.preflight",
        role: .probe,
        summary: "Look for what forbids moving a name's traffic by weights",
        parameters: ZoneRecords.parameters + [ZoneRecords.alsoParameter, RecordTarget.parameter]
            + NewSideLook.parameters + ZoneRecords.followParameters,
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: ZoneRecords.permissions.filter { !$0.mutates } + [
            ZoneRecords.targetPermission, RecordProtections.permission,
        ] + NewSideLook.permissions,
        facts: [
            "sets": "record sets as they are", "servers": "authoritative servers that answered",
            "delegation": "to which `servers` clients are sent, and who was `asked`: the `parent` or the `resolver`",
            "latency": "`new` and `old`, each with `median_ms`, `answered` and `failed`; null when not compared",
        ],
        source:
            "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html, read 2026-11-21",
        example: """
            - id: preflight
              probe: route53.preflight
              with: {zone: "${zone}", name: "${host}", to: {load_balancer: "${alb}"}}
            """
    )

    private let records: ZoneRecords
    private let target: RecordTarget
    private let parameters: Parameters

    init(_ parameters: Parameters) throws {
        records = try ZoneRecords(parameters)
        target = try RecordTarget(parameters)
        self.parameters = parameters
        _ = try NewSideLook(parameters, records, target)
    }

    func ask(_ world: World) async throws -> Observation {
        do {
            return try await look(world)
        } catch let refusal as Refusal {
            let advice = refusal.problem.hint.map { "; \($0)" } ?? ""
            return Observation(.fail(refusal.problem.message + advice), isFinal: true)
        }
    }

    private func look(_ world: World) async throws -> Observation {
        let zone = try await records.hostedZone(world)
        let found = try await records.observe(world)
        let resolved = try await target.resolved(world)
        _ = try WeightedPair(records.whole(found.image), target: resolved, ttl: Route53TTLAction.aliasTTL)
        try WeightedPair.refuseStart(from: found.image, of: records)
        var facts: [String: Value] = ["sets": found.image["sets"], "latency": .null]
        try await RecordProtections(records: records, types: found.sets.map(\.type) + target.types)
            .refuse(in: zone, world)
        var (remarks, delegation) = try await remarks(on: zone, world)
        facts["delegation"] = delegation
        let witnesses = try await records.witnesses(of: zone, world)
        guard let witness = witnesses.first else {
            return Observation(
                .inconclusive(
                    "zone `\(zone.name)` is private: only inside its VPCs can be seen what it answers; "
                        + "run there and give `resolver`, or give `servers`"
                ),
                facts: facts
            )
        }
        facts["servers"] = .array(witnesses.map { .string($0.server) })
        if let delay = try await delay(of: found, world) {
            return Observation(
                .fail("the authoritative servers do not answer as the zone says: \(delay)"),
                facts: facts
            )
        }
        let newSide = try await NewSideLook(parameters, records, resolved)
            .look(in: zone, moving: Set(found.sets.map(\.type)), witness, world)
        facts.merge(newSide.facts) { $1 }
        remarks += newSide.remarks
        let seen = found.sets.map(\.shortText).joined(separator: ", ")
        return Observation(.pass(([seen] + remarks).joined(separator: "; ")), facts: facts)
    }

    /// What people should know of the zone and its other writers, and how the zone is delegated.
    ///
    /// Throws: `Refusal` when it forbids the shift; what the tools throw.
    private func remarks(
        on zone: Route53.HostedZone,
        _ world: World
    ) async throws -> (remarks: [String], delegation: Value) {
        var remarks: [String] = []
        if let writer = try await otherWriter(world) { throw Refusal("`\(records.words)` is kept by \(writer)") }
        if let service = zone.linkedService { throw Refusal("zone `\(zone.name)` is managed by \(service)") }
        let twins = try await world.call("route53:ListHostedZonesByName \(zone.name)") {
            try await world.aws.route53.hostedZones(named: zone.name)
        }.filter { $0.id != zone.id }
        if !twins.isEmpty {
            remarks.append("\(twins.count) other zones have the same name: \(twins.map(\.id).joined(separator: ", "))")
        }
        guard !zone.isPrivate, let found = try await ZoneDelegation(of: zone, servers: records.servers).look(world)
        else { return (remarks, .null) }
        if let remark = try remark(on: found, twins: twins) { remarks.append(remark) }
        return (remarks, found.fact)
    }

    /// What people should know of a delegation; nil when there is nothing to say.
    ///
    /// Throws: `Refusal` when clients do not ask the zone.
    private func remark(on found: ZoneDelegation.Finding, twins: [Route53.HostedZone]) throws -> String? {
        let fault: String
        switch (found.ruling, found.witness) {
        case (.here, .parent): return nil
        case (.here, .resolver(let why)): return "delegation as the resolver says it: \(why)"
        case (.elsewhere(let words), .parent), (.nowhere(let words), .parent): fault = words
        case (.elsewhere(let words), .resolver(let why)):
            // Why no more than a remark there: inside a VPC a private twin is what the resolver tells of.
            if twins.contains(where: \.isPrivate) { return "\(words), as the resolver says it: \(why)" }
            fault = words
        case (.nowhere(let words), .resolver(let why)):
            // Why no more than a remark there: nothing was seen that leads clients elsewhere, and those are asked.
            if !twins.isEmpty || !records.servers.given.isEmpty { return "\(words): \(why)" }
            fault = words
        }
        throw Refusal(
            fault,
            hint: "check `zone`, the name servers at the registrar, and that `resolver` sees what clients see"
        )
    }

    /// Name of another program that keeps the record; external-dns says so in a TXT record.
    ///
    /// Source: https://kubernetes-sigs.github.io/external-dns/latest/docs/registry/txt/, read 2026-11-21.
    private func otherWriter(_ world: World) async throws -> String? {
        var texts = records
        texts.types = ["TXT"]
        let found = try await texts.observe(world).sets.flatMap(\.resourceRecords)
        return found.contains { $0.contains("heritage=external-dns") } ? "external-dns" : nil
    }

    /// What the zone's witnesses answer otherwise than it says; nil when they agree.
    private func delay(of found: RecordSets, _ world: World) async throws -> String? {
        do {
            return try await records.delay(of: found.image, receipt: .null, trustingResolvers: true, world)
        } catch is Overwritten {
            return "the records changed while they were looked at"
        }
    }
}
