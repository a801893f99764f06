import AWSClient
import MigrateCore
import Network

/// Looks at the new side before a shift: certificate, who may issue it, and how fast it answers beside the old one.
struct NewSideLook: Sendable {
    /// Names, each with its final dot.
    let records: ZoneRecords
    /// Where the names shall lead, looked up.
    let target: RecordTarget
    /// How it is asked; nil when nobody said.
    let proof: NewSideProof?
    /// Authorities of the certificate as CAA knows them; found out when empty.
    let issuers: [String]
    /// Fewest days that the certificate must last.
    let daysLeft: Int
    /// How its speed is judged.
    let latency: LatencyComparison

    /// Parameters that `init(_:_:_:)` reads.
    static let parameters: [ParameterDeclaration] =
        [
            NewSideProof.parameter,
            .optional(
                "issuers",
                .list(.string),
                example: ["amazon.com"],
                "domains by which CAA records know the authority of the new side's certificate; found out when left out"
            ),
            .optional(
                "days_left",
                .integer,
                default: 21,
                unit: "days",
                "fewest days that the certificate that `prove` meets must last"
            ),
        ] + LatencyComparison.parameters

    /// Permissions for finding the issuer of a load balancer's certificate.
    static let permissions = [
        Permission(["elasticloadbalancing:DescribeListeners"], on: "*", mutates: false),
        Permission(["acm:DescribeCertificate"], on: "arn:aws:acm:*:*:certificate/*", mutates: false),
    ]

    /// Reads the parameters.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters, _ records: ZoneRecords, _ target: RecordTarget) throws {
        self.records = records
        self.target = target
        proof = NewSideProof(parameters.value("prove"))
        if let key = proof?.unknownKey { throw ParameterError("prove", "holds `\(key)`, which nothing reads") }
        issuers = try parameters.strings("issuers").map { $0.lowercased() }
        daysLeft = try parameters.integer("days_left")
        latency = try LatencyComparison(parameters)
    }

    /// What a look found.
    struct Finding: Sendable {
        /// What people should know.
        var remarks: [String] = []
        /// Facts by name.
        var facts: [String: Value] = [:]
    }

    /// Looks, with the new side at `target` now that it is known, and the record types `types` to move.
    ///
    /// Throws: `Refusal` when something forbids the shift; what the tools throw.
    func look(
        in zone: Route53.HostedZone,
        moving types: Set<String>,
        _ witness: ZoneRecords.Witness,
        _ world: World
    ) async throws -> Finding {
        var finding = Finding()
        var shown: [String: NewSideCertificate] = [:]
        var places: [ConnectTarget] = []
        if let proof {
            places = try await proof.places(of: target, types: types, resolver: records.servers.resolver, world)
            for host in hosts { shown[host] = try await proven(proof, under: host, at: places, world) }
        }
        if zone.isPrivate {
            // Why said and not searched: whoever issues reads public DNS, and in the zone's VPCs the zone hides it.
            finding.remarks.append(
                "CAA is not looked at: authorities do not see a private zone, and what they see is not seen from here"
            )
        } else {
            let search = AuthorizationSearch(zone: zone.name, witness: witness, resolver: records.servers.resolver)
            for host in hosts {
                finding.remarks += try await permission(for: host, search, shown[host], world)
            }
        }
        if let proof, let host = hosts.first, let place = places.first,
            let compared = try await compared(proof.probe(of: host), host, at: place, witness, world)
        {
            finding.remarks.append(compared.words)
            finding.facts["latency"] = compared.facts
        }
        return finding
    }

    private var hosts: [String] { records.names.map { String($0.dropLast()) } }
}

extension NewSideLook {
    /// Remarks on who may issue certificates for `host`.
    ///
    /// Why refused although the certificate is there: it could not be renewed, and would end some night.
    private func permission(
        for host: String,
        _ search: AuthorizationSearch,
        _ shown: NewSideCertificate?,
        _ world: World
    ) async throws -> [String] {
        let found = try await search.search(for: host, world)
        guard let authorization = found.authorization else { return found.remark.map { [$0] } ?? [] }
        let place = "CAA of `\(authorization.place)`"
        if let tag = authorization.unknownDemand {
            throw Refusal("\(place) demands `\(tag)`, which this version does not know")
        }
        switch try await issuer(for: host, shown, world) {
        case .unbound(let why): return ["\(place) does not bind: \(why)"]
        case .authority(let domains, let isWildcard):
            guard let allowed = authorization.authorities(forWildcard: isWildcard) else { return [] }
            guard allowed.contains(where: domains.contains) else {
                throw Refusal(
                    "\(place) lets \(allowed.isEmpty ? "nobody" : allowed.joined(separator: ", ")) issue certificates, "
                        + "and that of the new side is by \(domains.joined(separator: " or "))",
                    hint: "add `0 issue \"\(domains[0])\"` to it: the certificate could not be renewed"
                )
            }
            return ["\(place) allows \(domains.filter(allowed.contains).joined(separator: ", "))"]
        case .unknown(let name):
            throw Problem(
                "\(place) restricts who may issue, and by which domain it knows `\(name)` is not known",
                hint: "give `issuers`"
            )
        }
    }

    private func issuer(
        for host: String,
        _ shown: NewSideCertificate?,
        _ world: World
    ) async throws -> CertificateIssuer {
        let isWildcard = shown.map { CertificateIssuer.isWildcard($0.leaf.alternativeNames, for: host) } ?? false
        if !issuers.isEmpty { return .authority(issuers, isWildcard: isWildcard) }
        // Why first: what clients are shown by that name is what must be renewed, whatever else the listener has.
        if case .authority? = shown?.issuer, let issuer = shown?.issuer { return issuer }
        if case .loadBalancer(let name) = target.form,
            let found = try await CertificateIssuer.of(loadBalancer: name, port: proof?.port, host: host, world)
        {
            return found
        }
        if proof?.hasOwnAuthority == true { return .unbound("`ca_file` names a private authority") }
        return shown?.issuer ?? .unknown("the authority of the new side")
    }

    private func compared(
        _ probe: HTTPProbe,
        _ host: String,
        at place: ConnectTarget,
        _ witness: ZoneRecords.Witness,
        _ world: World
    ) async throws -> LatencyComparison.Finding? {
        guard latency.requests > 0 else { return nil }
        var new = probe
        new.request.connectTo = place
        var old = probe.request
        let port = proof?.port ?? place.port
        old.connectTo = ConnectTarget(host: try await oldSide(host, witness, world), port: port)
        return try await latency.compare(new: new, old: old, world)
    }

    /// Certificate of the new side, once each of its addresses has answered as `proof` says; nil without TLS.
    ///
    /// Throws: `Refusal` when one answers otherwise, or shows a certificate that does not do; what the tools throw.
    private func proven(
        _ proof: NewSideProof,
        under host: String,
        at places: [ConnectTarget],
        _ world: World
    ) async throws -> NewSideCertificate? {
        let probe = try proof.probe(of: host)
        var shown: NewSideCertificate?
        for place in places {
            var request = probe.request
            request.connectTo = place
            let response = try await NewSideCertificate.answer(to: request, under: host, world)
            if proof.isEncrypted {
                let certificate = try NewSideCertificate.shown(with: response, under: host)
                try certificate.refuseEnd(within: daysLeft, at: world.now())
                shown = shown ?? certificate
            }
            switch await probe.judge(response, world).verdict.said(of: place.host) {
            case .pass: break
            case .fail(let seen):
                throw Refusal(
                    "the new side does not answer under `\(host)` as `prove` wants: \(seen)",
                    hint: "find out why before traffic goes there, or correct `prove`"
                )
            case .inconclusive(let seen): throw Problem(seen)
            case .error(let problem): throw problem
            }
        }
        return shown
    }

    /// Address to which clients are sent now.
    private func oldSide(_ host: String, _ witness: ZoneRecords.Witness, _ world: World) async throws -> String {
        for server in [witness.server, records.servers.resolver] {
            for type in [DNSQuestion.RecordType.a, .aaaa] {
                var question = DNSQuestion(name: host, type: type, server: server)
                question.isRecursive = !(server == witness.server && witness.isAuthoritative)
                if let address = try await world.ask(question).values(type).first { return address }
            }
        }
        throw Problem("`\(host)` leads to no address, so that there is no old side to compare with")
    }
}
