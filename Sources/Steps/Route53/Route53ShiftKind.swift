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
            .optional("soak", .duration, "wait after each share; the longer of 5 minutes and three TTLs when left out"),
            .optional(
                "ttl",
                .integer,
                default: 60,
                unit: "seconds",
                "seconds that answers may be kept during the shift"
            ),
            .optional("finish", .choice(["simple", "weighted"]), default: "simple", "what is left at the end"),
            .optional(
                "prove",
                .mapping,
                example: ["path": "/api/health"],
                "`{connect_to, path, expect, ca_file, port}`: a request under the production "
                    + "name to the new side, before and after the conversion"
            ),
        ] + ZoneRecords.followParameters,
        effect: .reconcilable,
        rollback: .captured,
        undo: "each part's own; those that moved traffic are undone together, in one batch",
        reconciliation: "each part by itself",
        permissions: ZoneRecords.permissions + [ZoneRecords.targetPermission],
        source:
            "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html, read 2026-11-21",
        example: """
            - id: shift
              do: route53.shift
              with: {zone: "${zone}", name: "${host}", to: {load_balancer: "${alb}"}, weights: [1, 10, 50, 100]}
              watch:
                - {probe: http, with: {url: "https://${host}/api/health", connect_to: "${alb_dns}:443"}}
            """,
        expand: { try Route53ShiftPlan($0).parts() }
    )
}

/// Works out the parts of one shift.
struct Route53ShiftPlan {
    private let given: Value
    private let weights: ShiftWeights
    private let soak: String
    private let finish: String

    /// Reads the parameters, late values still as `${…}`.
    ///
    /// Throws: `Diagnostics` for weights that do not rise to 100 and a finish that is none.
    init(_ given: Value) throws {
        self.given = given
        finish = given["finish"].string ?? "simple"
        var mistakes: [Diagnostic] = []
        let weights = ShiftWeights(given["weights"])
        if weights == nil { mistakes.append(ShiftWeights.mistake(in: given["weights"])) }
        if !["simple", "weighted"].contains(finish) {
            mistakes.append(Diagnostic("`finish` must be `simple` or `weighted`, not `\(finish)`", at: nil))
        }
        guard let weights, mistakes.isEmpty else { throw Diagnostics(mistakes) }
        self.weights = weights
        // Three times the TTL leaves caches time to turn over; five minutes is what an alarm needs to speak.
        let ttl = given["ttl"].integer ?? 60
        soak = given["soak"].string ?? "\(max(300, 3 * ttl))s"
    }

    /// Parts in order.
    func parts() -> [KindDeclaration.Part] {
        var parts: [KindDeclaration.Part] = [
            .probe("preflight", "Nothing forbids the shift", "route53.preflight", target)
        ]
        parts += proofs("prove")
        parts.append(
            .action("ttl", "Lower the TTL", "route53.ttl", common.merging(["ttl": ttl]) { $1 }, traffic: .ahead)
        )
        parts.append(.wait("wait-ttl", "Old answers run out", "${part.ttl.old_ttl}"))
        parts.append(
            .action("convert", "Weighted, all on the old side", "route53.weights", share(0), traffic: .home)
        )
        parts += proofs("prove-again")
        parts += weights.parts("route53.weights", soak: soak) { share($0.value) }
        if finish == "simple" {
            let old = common.merging(["ttl": "${part.ttl.old_seconds}", "ttls": "${part.ttl.old_ttls}"]) { $1 }
            parts.append(.action("finish", "Simple record again", "route53.finish", old, traffic: .away))
        }
        return parts
    }

    private var ttl: Value { given["ttl"].isNull ? 60 : given["ttl"] }

    private var common: [String: Value] {
        given.object?.filter { ["zone", "name", "also", "servers", "resolver"].contains($0.key) } ?? [:]
    }

    private var target: [String: Value] { common.merging(["to": given["to"]]) { $1 } }

    private func share(_ weight: Int) -> [String: Value] {
        common.merging(["to": given["to"], "weight": .integer(Int64(weight)), "ttl": ttl]) { $1 }
    }

    /// A request to the new side under each production name; none when none is asked for.
    private func proofs(_ name: String) -> [KindDeclaration.Part] {
        guard case .object(let prove) = given["prove"] else { return [] }
        let hosts = [given["name"]] + (given["also"].array ?? [])
        return hosts.enumerated().map { index, host in
            proof(index == 0 ? name : "\(name)-\(index + 1)", of: host.interpolated, prove)
        }
    }

    private func proof(_ name: String, of host: String, _ prove: [String: Value]) -> KindDeclaration.Part {
        let host = host.hasSuffix(".") ? String(host.dropLast()) : host
        let port = prove["port"].map { ":\($0.interpolated)" } ?? ""
        var with: [String: Value] = ["url": .string("https://\(host)\(port)\(prove["path"]?.interpolated ?? "/")")]
        for key in ["connect_to", "expect", "ca_file", "headers", "timeout"] { with[key] = prove[key] }
        return .probe(
            name,
            "The new side answers under the production name",
            "http",
            with,
            retry: RetryPolicy(attempts: 5, patience: nil, interval: .seconds(5), ceiling: .seconds(30))
        )
    }
}
