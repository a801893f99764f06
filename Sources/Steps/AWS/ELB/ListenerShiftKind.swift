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
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "each part's own; those that moved requests are undone together, in one call",
        reconciliation: "each part by itself",
        permissions: ListenerWeightsAction.declaration.permissions + TargetsProbe.declaration.permissions,
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
            + "rule-action-types.html#forward-actions, read 2026-11-21",
        example: """
            - id: shift
              do: elb.shift
              with: {load_balancer: market, old: market-blue, new: market-green, weights: [10, 50, 100], soak: 10m}
              watch:
                - {probe: cloudwatch.alarms_ok, with: {names: [market-green-5xx]}}
            """,
        expand: { try ListenerShiftPlan($0).parts() }
    )
}

/// Works out the parts of one shift.
struct ListenerShiftPlan {
    private let given: Value
    private let weights: ShiftWeights

    /// Reads the parameters, late values still as `${…}`.
    ///
    /// Throws: `Diagnostics` for weights that do not rise to 100.
    init(_ given: Value) throws {
        self.given = given
        guard let weights = ShiftWeights(given["weights"]) else {
            throw Diagnostics([ShiftWeights.mistake(in: given["weights"])])
        }
        self.weights = weights
    }

    /// Parts in order.
    ///
    /// Health is looked at once the listener knows the new group: until then nobody checks it.
    func parts() -> [KindDeclaration.Part] {
        var healthy: [String: Value] = ["target_group": given["new"]]
        healthy["at_least"] = given["at_least"].isNull ? nil : given["at_least"]
        var parts: [KindDeclaration.Part] = [
            .probe("preflight", "Nothing forbids the shift", "elb.preflight", sides),
            .action("convert", "Both groups, all to the old one", "elb.weights", share(0), traffic: .home),
            .probe(
                "healthy",
                "The new group is healthy",
                "elb.targets",
                healthy,
                retry: .waiting
            ),
        ]
        parts += weights.parts("elb.weights", soak: given["soak"].string ?? "5m") { share($0.value) }
        if given["finish"].string == "simple" {
            let only = share(100).merging(["drop_old": true]) { $1 }
            parts.append(.action("finish", "The new group alone", "elb.weights", only, traffic: .away))
        }
        return parts
    }

    private var sides: [String: Value] {
        given.object?.filter { ["load_balancer", "port", "rule", "old", "new"].contains($0.key) } ?? [:]
    }

    private func share(_ weight: Int) -> [String: Value] { sides.merging(["weight": .integer(Int64(weight))]) { $1 } }
}
