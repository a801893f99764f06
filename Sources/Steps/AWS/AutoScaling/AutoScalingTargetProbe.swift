import AWSClient
import MigrateCore

/// Whether a service is scaled within limits, by policies.
struct AutoScalingTargetProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "autoscaling.target",
        role: .probe,
        summary: "An ECS service is scaled between these limits, by these policies",
        parameters: ScalableService.parameters + [
            .optional("min", .integer, unit: "tasks", "Fewest tasks it must have; left out, not looked at"),
            .optional("max", .integer, unit: "tasks", "Most tasks it must have; left out, not looked at"),
            .optional("policies", .list(.string), "Names of policies that must be there"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                ["application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies"],
                on: "*",
                mutates: false
            )
        ],
        facts: ["min": "fewest tasks", "max": "most tasks", "policies": "names of its policies, sorted"],
        source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: order-scales
              probe: autoscaling.target
              with: {cluster: market, service: order, min: 4, max: 20, policies: [cpu]}
            """
    )

    private let service: ScalableService
    private let fewest: Int?
    private let most: Int?
    private let policies: [String]

    init(_ parameters: Parameters) throws {
        service = try ScalableService(parameters)
        fewest = try parameters.integerIfGiven("min")
        most = try parameters.integerIfGiven("max")
        policies = try parameters.strings("policies")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let found = try await service.target(world) else {
            return Observation(.fail("`\(service.resourceID)` is not scaled"))
        }
        let names = try await service.policies(world).map(\.policyName).sorted()
        var faults: [String] = []
        if let fewest, found.minCapacity != fewest { faults.append("fewest is \(found.minCapacity), not \(fewest)") }
        if let most, found.maxCapacity != most { faults.append("most is \(found.maxCapacity), not \(most)") }
        faults += policies.filter { !names.contains($0) }.map { "no policy `\($0)`" }
        let facts: [String: Value] = [
            "min": .integer(Int64(found.minCapacity)), "max": .integer(Int64(found.maxCapacity)),
            "policies": .array(names.map { .string($0) }),
        ]
        let seen = "\(found.minCapacity) to \(found.maxCapacity) tasks, \(names.count) policies"
        return Observation(faults.isEmpty ? .pass(seen) : .fail(faults.joined(separator: ", ")), facts: facts)
    }
}
