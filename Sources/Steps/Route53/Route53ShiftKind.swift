import MigrateCore

/// Moves a name's traffic to a new side step by step, with a way home at every moment.
struct Route53ShiftKind: CompositeKind {
    static let name = "route53.shift"

    static let declaration = KindDeclaration(
        name: name,
        role: .action,
        summary: "Move a name's traffic to a new side by DNS weights, watched, with a way home at every moment",
        parameters: ZoneRecords.parameters + [
            ZoneRecords.alsoParameter,
            RecordTarget.parameter,
            ShiftWeights.parameter,
            .optional(
                "soak",
                .duration,
                "wait after each share; the longer of 5 minutes and three TTLs when left out"
            ),
            .optional(
                "ttl",
                .integer,
                default: 60,
                unit: "seconds",
                "seconds that answers may be kept during the shift"
            ),
            .optional("finish", .choice(["simple", "weighted"]), default: "simple", "what is left at the end"),
            ShiftEvidence.parameter,
            .optional(
                "resolvers",
                .list(.string),
                example: ["1.1.1.1:53", "8.8.8.8:53"],
                "`address:port` of recursive resolvers: what each still answers is reported after each change of weight"
            ),
        ] + [NewSideProof.demanded] + NewSideLook.parameters.filter { $0.name != "prove" }
            + ZoneRecords.followParameters,
        effect: .reconcilable,
        rollback: .captured,
        undo: "each part's own; those that moved traffic are undone together, in one batch",
        reconciliation: "each part by itself",
        permissions: ZoneRecords.permissions + [ZoneRecords.targetPermission, RecordProtections.permission]
            + NewSideLook.permissions + RequestEvidence.permissions,
        source:
            "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html, read 2026-11-21",
        example: """
            - id: shift
              do: route53.shift
              with: {zone: "${zone}", name: "${host}", to: {load_balancer: "${alb}"}, prove: {path: /api/health}}
              watch:
                - {probe: http, with: {url: "https://${host}/api/health", connect_to: "${alb_dns}:443"}}
            """,
        expand: { try Route53ShiftPlan($0).parts() },
        demandsPinnedWatch: true,
        demandsOutsideWatch: true
    )
}

/// Works out the parts of one shift.
struct Route53ShiftPlan {
    private let given: Value
    private let weights: ShiftWeights
    private let soak: String
    private let finish: String
    private let proof: NewSideProof
    private let evidence: ShiftEvidence?

    /// Reads the parameters, late values still as `${…}`.
    ///
    /// Throws: `Diagnostics` for weights that do not rise to 100, a finish that is none, and evidence of requests or a
    /// proof that cannot be read.
    init(_ given: Value) throws {
        self.given = given
        finish = given["finish"].string ?? "simple"
        var mistakes: [Diagnostic] = []
        let weights = ShiftWeights(given["weights"])
        if weights == nil { mistakes.append(ShiftWeights.mistake(in: given["weights"])) }
        if !["simple", "weighted"].contains(finish) {
            mistakes.append(Diagnostic("`finish` must be `simple` or `weighted`, not `\(finish)`", at: nil))
        }
        let proof = NewSideProof(given["prove"])
        if let key = proof?.unknownKey {
            mistakes.append(Diagnostic("`prove` holds `\(key)`, which nothing reads", at: nil))
        }
        if proof == nil {
            mistakes.append(
                Diagnostic(
                    "`prove` must say how the new side is asked before traffic goes there",
                    at: nil,
                    hint:
                        "such as `prove: {path: /health}`: a request under the production name to each address of `to`"
                )
            )
        }
        // Three times the TTL leaves caches time to turn over; five minutes is what an alarm needs to speak.
        let ttl = given["ttl"].integer ?? 60
        let least = Duration.seconds(max(300, 3 * ttl))
        soak = given["soak"].string ?? "\(least.components.seconds)s"
        if let length = Duration(text: soak), length < least {
            mistakes.append(
                Diagnostic(
                    "`soak` must be at least \(least.shortText), not \(soak)",
                    at: nil,
                    hint: "caches need three TTLs to turn over, and an alarm five minutes to speak"
                )
            )
        }
        do {
            evidence = try ShiftEvidence(given["share"], soak: soak, ttl: .seconds(max(60, ttl)))
        } catch {
            mistakes.append(Diagnostic(error.problem.message, at: nil, hint: error.problem.hint))
            evidence = nil
        }
        guard let weights, let proof, mistakes.isEmpty else { throw Diagnostics(mistakes) }
        self.proof = proof
        self.weights = weights
    }

    /// Parts in order.
    func parts() -> [KindDeclaration.Part] {
        var parts: [KindDeclaration.Part] = [
            .probe("preflight", "Nothing forbids the shift", ko: "전환을 막는 것이 없음", "route53.preflight", looks)
        ]
        parts += proofs("prove")
        parts.append(
            move("ttl", "Lower the TTL", ko: "TTL 단축", "route53.ttl", common.merging(["ttl": ttl]) { $1 }, .ahead)
        )
        parts.append(.wait("wait-ttl", "Old answers run out", ko: "이전 응답 만료 대기", "${part.ttl.old_ttl}"))
        var home = share(0)
        home["left"] = evidence?.left
        parts.append(
            move("convert", "Weighted, all on the old side", ko: "가중치 레코드, 모두 기존 환경", "route53.weights", home, .home)
        )
        parts += proofs("prove-again")
        parts += weights.parts("route53.weights", soak: soak, timeout: Self.arrival) { weight in
            ShiftWeights.Looks(moved: resolvers(at: weight), soaked: evidence.map { [$0.gate(of: weight)] } ?? [])
        } with: {
            share($0.value)
        }
        if let evidence { parts.append(evidence.leftovers) }
        if finish == "simple" {
            let old = common.merging(["ttl": "${part.ttl.old_seconds}", "ttls": "${part.ttl.old_ttls}"]) { $1 }
            parts.append(move("finish", "Simple record again", ko: "단순 레코드로 복원", "route53.finish", old, .away))
        }
        return parts
    }

    /// How long a change may stay `PENDING`, and the name servers behind it: most take a minute.
    private static let arrival = Duration.seconds(300)
    /// How far AWS lets this machine's clock be from its own, by which counting is timed.
    private static let skew = Duration.seconds(300)

    private func move(
        _ name: String,
        _ title: String,
        ko korean: String,
        _ kind: String,
        _ with: [String: Value],
        _ traffic: KindDeclaration.TrafficRole
    ) -> KindDeclaration.Part {
        // What follows the way home is counted by the same step, so that it has time for both.
        let counting = traffic == .home && evidence != nil ? ShiftEvidence.longestReturn + Self.skew : .zero
        return .action(name, title, ko: korean, kind, with, traffic: traffic, timeout: Self.arrival + counting)
    }

    /// What resolvers still answer at `weight`, for people; none when none are named.
    private func resolvers(at weight: Percent) -> [KindDeclaration.Part] {
        guard !given["resolvers"].isNull else { return [] }
        let with: [String: Value] = [
            "name": given["name"], "also": given["also"].isNull ? [] : given["also"], "resolvers": given["resolvers"],
            "types": "${part.ttl.types}", "old": "${part.ttl.leads_to}",
        ]
        return [
            .probe(
                "resolvers-w\(weight.value)",
                "What resolvers answer",
                ko: "리졸버 응답 확인",
                "dns.propagation",
                with,
                isAdvisory: true
            )
        ]
    }

    private var ttl: Value { given["ttl"].isNull ? 60 : given["ttl"] }

    private var common: [String: Value] {
        given.object?.filter { ["zone", "name", "also", "servers", "resolver"].contains($0.key) } ?? [:]
    }

    /// What the look before the shift is given.
    private var looks: [String: Value] {
        let names = Set(NewSideLook.parameters.map(\.name))
        let more = given.object?.filter { names.contains($0.key) && !$0.value.isNull } ?? [:]
        return common.merging(["to": given["to"]]) { $1 }.merging(more) { $1 }
    }

    private func share(_ weight: Int) -> [String: Value] {
        common.merging(["to": given["to"], "weight": .integer(Int64(weight)), "ttl": ttl]) { $1 }
    }

    /// A request to the new side under each production name.
    private func proofs(_ name: String) -> [KindDeclaration.Part] {
        let hosts = [given["name"]] + (given["also"].array ?? [])
        return hosts.enumerated().map { index, host in
            .probe(
                index == 0 ? name : "\(name)-\(index + 1)",
                "The new side answers under the production name",
                ko: "운영 이름으로 신규 환경 응답 확인",
                Route53ProofProbe.declaration.name,
                common.filter { $0.key != "also" }.merging(["name": host, "to": given["to"]]) { $1 }
                    .merging(proof.parameters) { $1 },
                retry: RetryPolicy(attempts: 5, patience: nil, interval: .seconds(5), ceiling: .seconds(30))
            )
        }
    }
}
