import MigrateCore

/// Moves the requests of a load balancer's listener to another target group step by step, with a way home throughout.
struct ListenerShiftKind: CompositeKind {
    static let name = "elb.shift"

    static let declaration = KindDeclaration(
        name: name,
        role: .action,
        summary:
            "Move a listener's requests to another target group by weights, watched, with a way home at every moment",
        parameters: ListenerPlace.parameters + ListenerSides.parameters + [
            ShiftWeights.parameter,
            .optional("soak", .duration, default: "5m", "Wait after each share"),
            .optional("at_least", .integer, default: 1, unit: "targets", "Fewest healthy targets of the new group"),
            .optional(
                "finish",
                .choice(["weighted", "simple"]),
                default: "weighted",
                "Whether the old group stays on the listener with nothing to do: off it, nobody checks its health"
            ),
            ShiftEvidence.listenerParameter,
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "each part's own; those that moved requests are undone together, in one call",
        reconciliation: "each part by itself",
        permissions: ListenerWeightsAction.declaration.permissions + TargetsProbe.declaration.permissions
            + RequestEvidence.permissions,
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
            + "rule-action-types.html#forward-actions, read 2026-11-21",
        example: """
            - id: shift
              do: elb.shift
              with: {load_balancer: market, old: market-blue, new: market-green, weights: [10, 50, 100], soak: 10m, share: {}}
              watch:
                - {probe: cloudwatch.alarms_ok, with: {names: [market-green-5xx]}}
            """,
        expand: { try ListenerShiftPlan($0).parts() },
        demandsOutsideWatch: true
    )
}

/// Works out the parts of one shift.
struct ListenerShiftPlan {
    private let given: Value
    private let weights: ShiftWeights
    private let soak: String
    private let evidence: ShiftEvidence?

    /// How long a listener may take to send nothing to a group any more: seconds, says its page.
    private static let arrival = Duration.seconds(60)
    /// How long a listener may take to read as it was set.
    private static let settling = Duration.seconds(300)

    /// Reads the parameters, late values still as `${…}`.
    ///
    /// Throws: `Diagnostics` for weights that do not rise to 100, and evidence of requests that cannot be read.
    init(_ given: Value) throws {
        self.given = given
        soak = given["soak"].string ?? "5m"
        var mistakes: [Diagnostic] = []
        let weights = ShiftWeights(given["weights"])
        if weights == nil { mistakes.append(ShiftWeights.mistake(in: given["weights"])) }
        do {
            evidence = try ShiftEvidence(Self.counted(given), soak: soak, ttl: Self.arrival)
        } catch {
            mistakes.append(Diagnostic(error.problem.message, at: nil, hint: error.problem.hint))
            evidence = nil
        }
        guard let weights, mistakes.isEmpty else { throw Diagnostics(mistakes) }
        self.weights = weights
    }

    /// `share` with what the listener itself says: who counts, and that each request is given out by itself.
    private static func counted(_ given: Value) -> Value {
        guard var share = given["share"].object else { return given["share"] }
        for side in ["old", "new"] where share[side] == nil {
            share[side] = ["load_balancer": given["load_balancer"], "target_group": given[side]]
        }
        share["requests_per_answer"] = share["requests_per_answer"] ?? 1
        return .object(share)
    }

    /// Parts in order.
    ///
    /// Health is looked at once the listener knows the new group: until then nobody checks it.
    func parts() -> [KindDeclaration.Part] {
        var healthy: [String: Value] = ["target_group": given["new"]]
        healthy["at_least"] = given["at_least"].isNull ? nil : given["at_least"]
        var home = share(0)
        home["left"] = evidence?.left
        var parts: [KindDeclaration.Part] = [
            .probe("preflight", "Nothing forbids the shift", ko: "전환을 막는 것이 없음", "elb.preflight", sides),
            .action(
                "convert",
                "Both groups, all to the old one",
                ko: "두 그룹, 모두 기존 그룹으로",
                "elb.weights",
                home,
                traffic: .home,
                // What follows the way home is counted by the same step, so that it has time for both.
                timeout: evidence.map { _ in ShiftEvidence.longestReturn + Self.settling }
            ),
            .probe(
                "healthy",
                "The new group is healthy",
                ko: "신규 그룹 상태 정상",
                "elb.targets",
                healthy,
                retry: .waiting
            ),
        ]
        parts += weights.parts("elb.weights", soak: soak) { weight in
            ShiftWeights.Looks(soaked: evidence.map { [$0.gate(of: weight)] } ?? [])
        } with: {
            share($0.value)
        }
        if let evidence { parts.append(evidence.leftovers) }
        if given["finish"].string == "simple" {
            let only = share(100).merging(["drop_old": true]) { $1 }
            parts.append(.action("finish", "The new group alone", ko: "신규 그룹만", "elb.weights", only, traffic: .away))
        }
        return parts
    }

    private var sides: [String: Value] {
        given.object?.filter { ["load_balancer", "port", "rule", "old", "new"].contains($0.key) } ?? [:]
    }

    private func share(_ weight: Int) -> [String: Value] { sides.merging(["weight": .integer(Int64(weight))]) { $1 } }
}
