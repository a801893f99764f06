import AWSClient
import MigrateCore
import Network

extension ZoneRecords {
    /// Whether the change to `to` has arrived: INSYNC, still as written, and answered by every authoritative server.
    ///
    /// Nil means it has; a text says what is missing. What a resolver still holds is evidence, and holds nothing up
    /// unless resolvers are trusted.
    /// Throws: `Overwritten` when somebody else has changed the sets; what the tools throw.
    func delay(
        of to: Value,
        receipt: Value,
        trustingResolvers: Bool = false,
        _ world: World
    ) async throws -> String? {
        if let id = receipt["change_id"].string {
            let change = try await world.call("route53:GetChange \(id)") {
                try await world.aws.route53.getChange(.init(id: id))
            }.changeInfo
            guard change.status == "INSYNC" else { return "change \(id) is \(change.status)" }
        }
        let found = try await observe(world)
        let wanted = try RecordSets(image: to)
        guard found.sets == wanted?.sets ?? [] else { throw Overwritten(found: found.image) }
        if let missing = try await authorityDelay(of: wanted, trustingResolvers, world) { return missing }
        return settlingDelay(receipt, world.now(), scale: world.timeScale)
    }

    /// Key of a receipt: when a change whose answer was lost was first seen to have been made.
    static let seen = "seen_at"

    /// How long Route 53 takes to carry a change to all its servers, as it says: within 60 seconds.
    ///
    /// Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html, read 2026-11-22.
    private static let propagation = Duration.seconds(60)

    /// What is still to be waited for of a change that has no id; nil when nothing is.
    ///
    /// Why although the servers were asked: an address stands for many machines, and of two weighted sets either may
    /// have answered before the change too.
    private func settlingDelay(_ receipt: Value, _ now: Timestamp, scale: Int) -> String? {
        guard receipt["change_id"].isNull, let seen = receipt[Self.seen].integer else { return nil }
        let left = Self.propagation / scale - (now - Timestamp(milliseconds: seen))
        guard left > .zero else { return nil }
        return "the answer was lost and with it the id of the change; waiting \((left * scale).shortText) "
            + "for it to reach every server"
    }

    /// Who can say what the zone answers.
    struct Witness: Sendable, Hashable {
        /// `address:port`.
        var server: String
        /// Whether it answers with authority; a resolver passes on what it was told, with a TTL of its own.
        var isAuthoritative: Bool
    }

    /// Who can say what `zone` answers: its name servers; for a private one those that were given, or the VPC's
    /// resolver, or nobody.
    ///
    /// Throws: `Problem` when a public zone has none; `DNSFailure`.
    func witnesses(of zone: Route53.HostedZone, _ world: World) async throws -> [Witness] {
        if zone.isPrivate, servers.given.isEmpty {
            return servers.resolver.map { [Witness(server: $0, isAuthoritative: false)] } ?? []
        }
        return try await servers.servers(for: names[0], world).map { Witness(server: $0, isAuthoritative: true) }
    }

    /// What the witnesses do not answer yet as `wanted`; nil when all do.
    ///
    /// Without any, INSYNC is all that can be known from here.
    private func authorityDelay(
        of wanted: RecordSets?,
        _ trustingResolvers: Bool,
        _ world: World
    ) async throws -> String? {
        let zone = try await hostedZone(world)
        let witnesses = try await witnesses(of: zone, world)
        if witnesses.isEmpty {
            world.record(
                "authoritative servers of \(zone.name)",
                "not asked: the zone is private, and neither `servers` nor `resolver` is given",
                since: world.now()
            )
        }
        let expected = ExpectedAnswers(wanted, resolver: servers.resolver)
        let absent = names.flatMap { name in types.map { RecordSets.Question(name: name, type: $0) } }
        for witness in witnesses {
            for asked in wanted?.questions ?? absent {
                guard let type = DNSQuestion.RecordType(word: asked.type) else { continue }
                for usesTCP in [false, true] {
                    var question = DNSQuestion(name: String(asked.name.dropLast()), type: type, server: witness.server)
                    question.usesTCP = usesTCP
                    question.isRecursive = !witness.isAuthoritative
                    let answer = try await world.ask(question)
                    guard let fault = try await expected.fault(in: answer, to: asked, from: witness, world) else {
                        continue
                    }
                    let place = "\(witness.server) over \(usesTCP ? "TCP" : "UDP")"
                    let words = names.count == 1 ? "\(place): \(fault)" : "\(place): \(asked.name) \(fault)"
                    if witness.isAuthoritative || trustingResolvers { return words }
                    world.record("resolver of the private zone", words, since: world.now())
                }
            }
        }
        return nil
    }
}

/// Somebody else changed the record sets after us.
struct Overwritten: Error, Sendable {
    /// What is there now.
    var found: Value
}

/// What the servers should answer.
struct ExpectedAnswers: Sendable {
    private let wanted: RecordSets?
    private let resolver: String?

    init(_ wanted: RecordSets?, resolver: String?) {
        self.wanted = wanted
        self.resolver = resolver
    }

    /// What is wrong with `answer` to `asked`; nil when it is as it should be.
    ///
    /// Throws: `DNSFailure` while an alias target is looked up.
    func fault(
        in answer: DNSAnswer,
        to asked: RecordSets.Question,
        from witness: ZoneRecords.Witness,
        _ world: World
    ) async throws -> String? {
        guard let type = DNSQuestion.RecordType(word: asked.type) else { return nil }
        if case .refused(let code) = answer { return "refused, response code \(code)" }
        let found = answer.values(type).map { Self.canonical($0, type) }
        let sets = wanted?.answering(asked) ?? []
        guard !sets.isEmpty else { return found.isEmpty ? nil : "still answers \(found.joined(separator: ", "))" }
        let live = sets.filter { $0.weight != 0 }
        let plain = Set(live.flatMap(\.resourceRecords).map { Self.canonical($0, type) })
        let aliased = try await aliased(live, type, world)
        // A load balancer may have no address of this type at all.
        if found.isEmpty { return !plain.isEmpty || !aliased.isEmpty ? answer.shortText : nil }
        let strange = found.filter { !plain.contains($0) && !aliased.contains($0) }
        guard strange.isEmpty else { return "still answers \(strange.joined(separator: ", "))" }
        // Why not of a resolver's answer: it counts down what is left.
        guard witness.isAuthoritative else { return nil }
        return Self.ttlFault(in: answer, type: type, plain: plain, ttls: Set(live.compactMap(\.ttl)))
    }

    private static func ttlFault(
        in answer: DNSAnswer,
        type: DNSQuestion.RecordType,
        plain: Set<String>,
        ttls: Set<Int>
    ) -> String? {
        guard case .records(let records, _) = answer else { return nil }
        let wrong = records.first {
            $0.type == type.rawValue && plain.contains(canonical($0.data, type)) && !ttls.contains(Int($0.ttl))
        }
        return wrong.map { "\($0.data) still has TTL \($0.ttl)" }
    }

    private func aliased(
        _ sets: [Route53.ResourceRecordSet],
        _ type: DNSQuestion.RecordType,
        _ world: World
    ) async throws -> Set<String> {
        var found: Set<String> = []
        for alias in sets.compactMap(\.aliasTarget) {
            let name = alias.dnsName.hasSuffix(".") ? String(alias.dnsName.dropLast()) : alias.dnsName
            let answer = try await world.ask(DNSQuestion(name: name, type: type, server: resolver))
            found.formUnion(answer.values(type).map { Self.canonical($0, type) })
        }
        return found
    }

    private static func canonical(_ text: String, _ type: DNSQuestion.RecordType) -> String {
        switch type {
        case .a, .aaaa: IPAddress.canonical(text) ?? text
        case .cname, .ns: RecordSets.absolute(text)
        case .soa, .txt, .caa: text
        }
    }
}

extension DNSQuestion.RecordType {
    /// Type of this word; nil for one that cannot be asked for.
    init?(word: String) {
        guard let found = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = found
    }
}
