import AWSClient
import MigrateCore

/// Whether the network that tasks will run in is as they need it.
struct EC2NetworkProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ec2.network",
        role: .probe,
        summary: "A VPC has the subnets, zones, security groups and open ports that tasks need",
        parameters: [
            .required("vpc", .string, "Id of the VPC"),
            .optional(
                "subnets",
                .list(.string),
                example: ["subnet-0a", "subnet-0b"],
                "Ids of subnets that must be in it; left out, all of the VPC count"
            ),
            .optional("min_subnets", .integer, default: 1, unit: "subnets", "Fewest subnets"),
            .optional("min_zones", .integer, default: 1, unit: "zones", "Fewest availability zones that they lie in"),
            .optional(
                "min_free_addresses",
                .integer,
                unit: "addresses",
                example: 16,
                "Fewest free addresses in each subnet, beside those of `services`; a load balancer needs eight"
            ),
            .optional(
                "services",
                .list(.mapping),
                example: [["name": "mimir", "tasks": 3, "ceiling": 100]],
                "Services whose tasks each take an address, `{name, tasks, ceiling}`: each subnet must have as many free as"
                    + " all of them may have tasks in a roll-out, `ceiling` percent, 200 unless given; what else there is"
                    + " is not read"
            ),
            .optional("security_groups", .list(.string), "Ids of security groups that must be of the VPC"),
            .optional(
                "ingress",
                .list(.mapping),
                "Ports that must be open: `{port, protocol, from, security_group}` each; protocol `tcp` and any source"
                    + " and any of the groups unless given"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"],
                on: "*",
                mutates: false
            )
        ],
        facts: ["subnets": "ids of its subnets", "zones": "their zones", "cidr": "addresses of the VPC"],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: network
              probe: ec2.network
              with:
                vpc: "${vpc_id}"
                min_subnets: 2
                min_zones: 2
                security_groups: ["${task_security_group}"]
                ingress: [{port: 8080}, {port: 7946}]
            """
    )

    private let vpc: String
    private let subnets: [String]
    private let minimumSubnets: Int
    private let minimumZones: Int
    private let minimumFreeAddresses: Int
    private let securityGroups: [String]
    private let ingress: [IngressRequirement]

    init(_ parameters: Parameters) throws {
        vpc = try parameters.string("vpc")
        subnets = try parameters.strings("subnets")
        minimumSubnets = try parameters.integer("min_subnets", in: 0...1000)
        minimumZones = try parameters.integer("min_zones", in: 0...100)
        let tasks = try parameters.list("services").map { try TaskCount($0, parameter: "services").peak }
        minimumFreeAddresses = try (parameters.integerIfGiven("min_free_addresses") ?? 0) + tasks.reduce(0, +)
        securityGroups = try parameters.strings("security_groups")
        ingress = try parameters.list("ingress").map { try IngressRequirement($0, parameter: "ingress") }
        guard ingress.isEmpty || !securityGroups.isEmpty else {
            throw ParameterError("ingress", "needs `security_groups` to look at")
        }
    }

    func ask(_ world: World) async throws -> Observation {
        let inVPC = EC2.Filter(name: "vpc-id", values: [vpc])
        let vpcs = try await world.call("ec2:DescribeVpcs \(vpc)") {
            try await world.aws.ec2.describeVpcs(.init(filters: [inVPC]))
        }
        guard let found = vpcs.vpcs.first else { return Observation(.fail("no VPC `\(vpc)`")) }
        let all = try await world.call("ec2:DescribeSubnets of \(vpc)") {
            try await world.aws.ec2.allSubnets(.init(filters: [inVPC]))
        }
        let counted = subnets.isEmpty ? all : all.filter { subnets.contains($0.subnetId) }
        let zones = Set(counted.compactMap(\.availabilityZone)).sorted()
        var faults = subnetFaults(counted, zones: zones)
        if !securityGroups.isEmpty {
            let groups = try await world.call("ec2:DescribeSecurityGroups") {
                try await world.aws.ec2.allSecurityGroups(
                    .init(filters: [EC2.Filter(name: "group-id", values: securityGroups)])
                )
            }
            faults += groupFaults(groups)
        }
        let facts: [String: Value] = [
            "subnets": .array(counted.map { .string($0.subnetId) }), "zones": .array(zones.map { .string($0) }),
            "cidr": found.cidrBlock.map { .string($0) } ?? .null,
        ]
        let seen = "\(vpc): \(counted.count) subnets in \(zones.count) zones, \(securityGroups.count) security groups"
        return Observation(faults.isEmpty ? .pass(seen) : .fail(faults.joined(separator: "; ")), facts: facts)
    }

    private func subnetFaults(_ found: [EC2.Subnet], zones: [String]) -> [String] {
        var faults: [String] = []
        let missing = subnets.filter { wanted in !found.contains { $0.subnetId == wanted } }
        if !missing.isEmpty { faults.append("not in `\(vpc)`: \(missing.joined(separator: ", "))") }
        if found.count < minimumSubnets { faults.append("\(found.count) subnets, wanted \(minimumSubnets)") }
        if zones.count < minimumZones { faults.append("\(zones.count) zones, wanted \(minimumZones)") }
        // Why all of them in each: which subnet a task gets is not known beforehand, and a zone may be out of capacity.
        for subnet in found where (subnet.availableIpAddressCount ?? 0) < minimumFreeAddresses {
            let free = subnet.availableIpAddressCount ?? 0
            faults.append("\(subnet.subnetId) has \(free) free addresses, wanted \(minimumFreeAddresses)")
        }
        return faults
    }

    private func groupFaults(_ found: [EC2.SecurityGroup]) -> [String] {
        var faults: [String] = []
        for wanted in securityGroups {
            guard let group = found.first(where: { $0.groupId == wanted }) else {
                faults.append("no security group `\(wanted)`")
                continue
            }
            if group.vpcId != vpc { faults.append("security group `\(wanted)` is of \(group.vpcId ?? "no VPC")") }
        }
        for requirement in ingress where !found.contains(where: requirement.isMet) {
            faults.append("no security group lets \(requirement.text) in")
        }
        return faults
    }
}
