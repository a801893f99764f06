import AWSClient
import MigrateCore

/// Whether a load balancer is there and takes traffic.
struct LoadBalancerProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "elb.load_balancer",
        role: .probe,
        summary: "An application or network load balancer is active, of this scheme and in enough zones",
        parameters: [
            .required("name", .string, "Name or ARN of the load balancer"),
            .optional("scheme", .choice(["internal", "internet-facing"]), "Scheme it must have"),
            .optional("min_zones", .integer, default: 1, unit: "zones", "Fewest availability zones"),
            .optional("listeners", .list(.integer), "Ports that must have a listener"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                ["elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeListeners"],
                on: "*",
                mutates: false
            )
        ],
        facts: [
            "arn": "ARN of the load balancer", "dns_name": "its DNS name",
            "zone_id": "hosted zone of its DNS name, for alias records", "scheme": "its scheme",
            "zones": "its availability zones", "type": "`application` or `network`",
        ],
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: alb-active
              probe: elb.load_balancer
              with: {name: lgtm, scheme: internal, min_zones: 2, listeners: [443]}
            """
    )

    private let name: String
    private let scheme: String?
    private let minimumZones: Int
    private let listeners: [Int64]

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        scheme = try parameters.stringIfGiven("scheme")
        minimumZones = try parameters.integer("min_zones", in: 0...100)
        listeners = try parameters.list("listeners").map {
            guard let port = $0.integer else { throw ParameterError("listeners", "must be a list of ports") }
            return port
        }
    }

    func ask(_ world: World) async throws -> Observation {
        guard let found = try await ElasticLoadBalancing.LoadBalancer.find(name, world) else {
            return Observation(.fail("no load balancer `\(name)`"))
        }
        var faults: [String] = []
        if found.state?.code != "active" { faults.append("it is \(found.state?.code ?? "in an unknown state")") }
        if let scheme, scheme != found.scheme {
            faults.append("it is \(found.scheme ?? "of no scheme"), not \(scheme)")
        }
        let zones = Set(found.availabilityZones.compactMap(\.zoneName)).sorted()
        if zones.count < minimumZones { faults.append("\(zones.count) zones, wanted \(minimumZones)") }
        if !listeners.isEmpty {
            let ports = try await world.call("elasticloadbalancing:DescribeListeners \(name)") {
                try await world.aws.elasticLoadBalancing.allListeners(.init(loadBalancerArn: found.loadBalancerArn))
            }.compactMap(\.port)
            let missing = listeners.filter { !ports.contains(Int($0)) }
            if !missing.isEmpty { faults.append("no listener on \(missing.map(String.init).joined(separator: ", "))") }
        }
        let facts: [String: Value] = [
            "arn": .string(found.loadBalancerArn), "dns_name": found.dnsName.map { .string($0) } ?? .null,
            "zone_id": found.canonicalHostedZoneId.map { .string($0) } ?? .null,
            "scheme": found.scheme.map { .string($0) } ?? .null, "zones": .array(zones.map { .string($0) }),
            "type": found.type.map { .string($0) } ?? .null,
        ]
        let verdict: Verdict =
            faults.isEmpty
            ? .pass("load balancer `\(name)` at \(found.dnsName ?? "no name")")
            : .fail("load balancer `\(name)`: " + faults.joined(separator: "; "))
        return Observation(verdict, facts: facts)
    }
}

extension ElasticLoadBalancing.LoadBalancer {
    /// Load balancer with this name or ARN; nil when there is none.
    ///
    /// Throws: as `World.call`.
    static func find(_ nameOrARN: String, _ world: World) async throws -> ElasticLoadBalancing.LoadBalancer? {
        let isARN = nameOrARN.hasPrefix("arn:")
        let found = try await world.look(
            "elasticloadbalancing:DescribeLoadBalancers \(nameOrARN)",
            absentBy: ["LoadBalancerNotFound"]
        ) {
            try await world.aws.elasticLoadBalancing.describeLoadBalancers(
                .init(loadBalancerArns: isARN ? [nameOrARN] : nil, names: isARN ? nil : [nameOrARN])
            )
        }
        return found?.loadBalancers.first
    }
}
