import AWSClient
import MigrateCore

/// Whether the requests of a listener can be moved from one target group to another.
struct ListenerPreflightProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "elb.preflight",
        role: .probe,
        summary: "Nothing forbids moving a listener's requests from one target group to another",
        parameters: ListenerPlace.parameters + ListenerSides.parameters,
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: ListenerPlace.permissions,
        facts: [
            "weights": "weights by ARN of the target group",
            "stickiness": "seconds for which a client stays with a group; null when it does not",
        ],
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
            + "load-balancer-target-groups.html, read 2026-11-21",
        example: """
            - id: movable
              probe: elb.preflight
              with: {load_balancer: market, old: market-blue, new: market-green}
            """
    )

    private let place: ListenerPlace
    private let names: ListenerSides

    init(_ parameters: Parameters) throws {
        place = try ListenerPlace(parameters)
        names = try ListenerSides(parameters)
    }

    func ask(_ world: World) async throws -> Observation {
        do {
            let sides = try await names.resolved(world)
            let found = try await place.forwarding(world)
            try found.refuseOthers(than: sides, at: place)
            try found.refuseStart(from: sides, at: place)
            var seen = "\(ListenerSides.name(of: sides.old)) has \(found.share(of: sides.old)) % of `\(place.words)`"
            // Why no failure: whoever is pinned follows when the pin runs out, and a weight of 0 ends it.
            if let seconds = found.stickiness {
                seen += "; clients stay with a group for \(seconds) s, whatever the weights say"
            }
            let image = found.image
            return Observation(.pass(seen), facts: ["weights": image["weights"], "stickiness": image["stickiness"]])
        } catch let refusal as Refusal {
            return Observation(.fail(refusal.problem.message), isFinal: true)
        }
    }
}
