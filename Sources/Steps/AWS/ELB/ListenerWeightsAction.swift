import AWSClient
import MigrateCore

/// Gives the new target group of a listener its share of the requests, and the old one the rest.
struct ListenerWeightsAction: ActionKind, TrafficKind {
    static let declaration = KindDeclaration(
        name: "elb.weights",
        role: .action,
        summary: "Give the new target group of a load balancer's listener its share of the requests",
        parameters: ListenerPlace.parameters + ListenerSides.parameters + [
            .required("weight", .percent, "Share of the new group; the old one has the rest"),
            .optional(
                "drop_old",
                .boolean,
                default: false,
                "Whether the listener forgets the old group; only with 100"
            ),
            .optional(
                "left",
                .mapping,
                example: [
                    "side": ["load_balancer": "market", "target_group": "green"], "window": "3m", "quiet": 0,
                    "drain": "5m",
                ],
                "Once traffic is home again, requests that still reach the new group are counted until none does"
            ),
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "groups, weights and stickiness as found; undoing sets exactly those",
        reconciliation: "by reading the listener's or rule's groups and weights",
        permissions: ListenerPlace.permissions + [
            Permission(
                ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyRule"],
                on: "*",
                mutates: true
            )
        ],
        facts: [
            "arn": "ARN of the listener or rule", "weights": "weights by ARN of the target group",
            "left": "requests that still reached the new group when traffic was home; null when not counted",
        ],
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: shift
              do: elb.shift
              with: {load_balancer: market, old: market-blue, new: market-green, weights: [10, 100]}
              watch:
                - {probe: cloudwatch.alarms_ok, with: {names: [market-5xx]}}
            """,
        partOf: ListenerShiftKind.name
    )

    private let place: ListenerPlace
    private let names: ListenerSides
    private let weight: Percent
    private let dropsOld: Bool
    private let stragglers: Stragglers?
    /// Both groups by ARN; found out by `prepared`.
    private var sides: ListenerSides?

    init(_ parameters: Parameters) throws {
        place = try ListenerPlace(parameters)
        names = try ListenerSides(parameters)
        weight = try parameters.percent("weight")
        dropsOld = try parameters.boolean("drop_old")
        stragglers = try Stragglers(parameters.value("left"), of: "left")
        if dropsOld, weight.value != 100 {
            throw ParameterError("drop_old", "is for a share of 100: the old group still answers")
        }
    }

    func prepared(_ world: World) async throws -> Self {
        var prepared = self
        prepared.sides = try await names.resolved(world)
        return prepared
    }

    func observe(_ world: World) async throws -> Value { try await place.forwarding(world).image }

    func wanted(over before: Value) throws -> Value {
        guard let sides else { throw Problem("the target groups of `\(place.words)` have not been looked up") }
        var wanted = try ListenerForwarding(image: before)
        try wanted.refuseOthers(than: sides, at: place)
        if weight.value == 0 { try wanted.refuseStart(from: sides, at: place) }
        wanted.weights = dropsOld ? [sides.new: 100] : [sides.old: 100 - weight.value, sides.new: weight.value]
        wanted.home = sides.old
        return wanted.image
    }

    /// Which side is which is for the record alone: no listener says so.
    func matches(_ observed: Value, _ expected: Value) -> Bool {
        ["arn", "weights", "stickiness"].allSatisfy { observed[$0] == expected[$0] }
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        let found = try await observe(world)
        guard matches(found, to) else { return .pending("not yet seen as wanted") }
        guard let stragglers, receipt["returned"].bool == true else {
            return .settled(after: to, facts: facts(of: found))
        }
        let begun = receipt["at"].integer.map { Timestamp(milliseconds: $0) }
        let left = await stragglers.left(on: "the new group", since: begun, world)
        if let waiting = left.waiting { return .pending("traffic is home; \(waiting)") }
        return .settled(after: to, facts: facts(of: found).merging(["left": left.requests]) { $1 })
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        let found = try await observe(world)
        // Nobody knows when the lost call was made, so that who stays behind is counted once.
        if matches(found, to) { return .applied(receipt: isReturn(from: from, to: to) ? ["returned": true] : .null) }
        if matches(found, from) { return .notApplied }
        return .unclear(
            Problem("the groups and weights of `\(place.words)` are neither as before nor as wanted"),
            found: found
        )
    }

    /// Whether the change takes requests from the new group and leaves it none, and somebody counts who stays.
    private func isReturn(from: Value, to: Value) -> Bool {
        guard stragglers != nil, let home = from["home"].string ?? to["home"].string else { return false }
        return ListenerForwarding.share(of: home, in: from) < 100 && ListenerForwarding.share(of: home, in: to) == 100
    }

    func facts(of image: Value) -> [String: Value] { ["arn": image["arn"], "weights": image["weights"]] }

    func summary(from: Value, to: Value) -> String {
        "share out `\(place.words)`: \(Self.words(from)) → \(Self.words(to))"
    }

    private static func words(_ image: Value) -> String {
        (image["weights"].object ?? [:]).map { (ListenerSides.name(of: $0.key), $0.value.text) }.sorted { $0 < $1 }
            .map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    func call(from: Value, to: Value) throws -> CallForecast? {
        let wanted = try ListenerForwarding(image: to)
        let shares = wanted.weights.sorted { $0.key < $1.key }
        return CallForecast(
            summary: "one \(wanted.isRule ? "ModifyRule" : "ModifyListener") of \(place.words)",
            arrival: "read back until it is so, seconds as a rule"
                + (isReturn(from: from, to: to) ? stragglers?.words ?? "" : ""),
            entries: shares.map { arn, weight in
                .init(
                    cells: ["SET", ListenerSides.name(of: arn), "weight \(weight)"],
                    value: ["TargetGroupArn": .string(arn), "Weight": .integer(Int64(weight))]
                )
            }
        )
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let wanted = try ListenerForwarding(image: to)
        let begun = world.now()
        if wanted.isRule {
            _ = try await world.call("elasticloadbalancing:ModifyRule \(place.words)") {
                try await world.aws.elasticLoadBalancing.modifyRule(
                    .init(ruleArn: wanted.arn, actions: [wanted.action])
                )
            }
        } else {
            var input = ElasticLoadBalancing.ModifyListenerInput(listenerArn: wanted.arn)
            input.defaultActions = [wanted.action]
            let request = input
            _ = try await world.call("elasticloadbalancing:ModifyListener \(place.words)") {
                try await world.aws.elasticLoadBalancing.modifyListener(request)
            }
        }
        return isReturn(from: from, to: to) ? ["returned": true, "at": .integer(begun.milliseconds)] : .null
    }

    func byHand(from found: Value, to home: Value, _ world: World) throws -> String? {
        guard found != home else { return nil }
        let endpoint = try world.aws.configuration.endpoints.chosen(for: .elasticLoadBalancing)
        return try ListenerForwarding(image: home).command(endpoint: endpoint)
    }

    func breakGlass(of change: Change, step: StepID, _ world: World) throws -> BreakGlassFile? {
        guard
            var home = try [change.to, change.from].lazy.map(ListenerForwarding.init(image:))
                .first(where: { $0.home != nil }), let old = home.home
        else { return nil }
        home.weights = home.weights.mapValues { _ in 0 }
        home.weights[old] = 100
        return BreakGlassFile(
            traffic: "`\(place.words)`",
            change: change,
            step: step,
            caution: "It sets the listener outright, whatever it forwards to by then.",
            attempts: [
                ("", home.command(endpoint: try world.aws.configuration.endpoints.chosen(for: .elasticLoadBalancing)))
            ]
        )
    }
}
