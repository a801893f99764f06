import AWSClient
import MigrateCore
import Network

/// Asks the new side of a shift under the production name, wherever the name leads.
struct Route53ProofProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "route53.proof",
        role: .probe,
        summary: "Ask the new side of a shift under the production name, at each of its addresses",
        parameters: ZoneRecords.parameters + [RecordTarget.parameter] + NewSideProof.parameters
            + ZoneRecords.followParameters,
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: ZoneRecords.permissions.filter { !$0.mutates } + [ZoneRecords.targetPermission],
        facts: ["addresses": "addresses that were asked"],
        source: "https://www.rfc-editor.org/rfc/rfc9110, read 2026-11-21",
        example: """
            - id: new-side
              probe: route53.proof
              with: {zone: "${zone}", name: "${host}", to: {load_balancer: "${alb}"}, path: /api/health}
            """
    )

    private let records: ZoneRecords
    private let target: RecordTarget
    private let proof: NewSideProof
    private let probe: HTTPProbe

    init(_ parameters: Parameters) throws {
        records = try ZoneRecords(parameters)
        target = try RecordTarget(parameters)
        proof = NewSideProof(parameters)
        probe = try proof.probe(of: records.names[0])
        _ = try parameters.connectTarget("connect_to")
    }

    func ask(_ world: World) async throws -> Observation {
        do {
            return try await prove(world)
        } catch let refusal as Refusal {
            let advice = refusal.problem.hint.map { "; \($0)" } ?? ""
            return Observation(.fail(refusal.problem.message + advice))
        }
    }

    private func prove(_ world: World) async throws -> Observation {
        // Why only those: an address of a type that no record of the name has is nothing that clients are led to.
        let types = Set(try await records.observe(world).sets.map(\.type))
        let resolved = try await target.resolved(world)
        let places = try await proof.places(of: resolved, types: types, resolver: records.servers.resolver, world)
        var seen: [String] = []
        for place in places {
            let found = try await probe.ask(at: place, world)
            guard found.isPass else { return Observation(found) }
            seen.append(found.summary)
        }
        return Observation(
            .pass(seen.joined(separator: ", ")),
            facts: ["addresses": .array(places.map { .string($0.host) })]
        )
    }
}

extension HTTPProbe {
    /// The judgement of the answer that `place` gives, with the place in its words.
    ///
    /// Throws: `Problem` when nobody answers there.
    func ask(at place: ConnectTarget, _ world: World) async throws -> Verdict {
        var probe = self
        probe.request.connectTo = place
        do {
            return try await probe.ask(world).verdict.said(of: place.host)
        } catch let failure as HTTPFailure {
            let problem = Problem(of: failure)
            throw Problem("\(place.host): \(problem.message)", hint: problem.hint)
        }
    }
}

extension Verdict {
    /// The same, told of `place`.
    func said(of place: String) -> Verdict {
        switch self {
        case .pass(let seen): .pass("\(place): \(seen)")
        case .fail(let seen): .fail("\(place): \(seen)")
        case .inconclusive(let seen): .inconclusive("\(place): \(seen)")
        case .error(let problem): .error(Problem("\(place): \(problem.message)", hint: problem.hint))
        }
    }
}
