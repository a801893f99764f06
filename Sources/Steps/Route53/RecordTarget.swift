import AWSClient
import Glibc
import MigrateCore

/// Where a record shall point: `to:` of the Route 53 kinds.
struct RecordTarget: Sendable {
    /// What was written.
    enum Form: Sendable {
        case loadBalancer(name: String)
        case addresses([String])
        case canonicalName(String)
        case alias(dnsName: String, zone: String)
    }

    /// What was written.
    let form: Form
    /// Sets by type, without identifier, weight and TTL; empty until looked up.
    private(set) var sets: [String: Route53.ResourceRecordSet] = [:]

    /// The parameter.
    static let parameter = ParameterDeclaration.required(
        "to",
        .mapping,
        "`{load_balancer: NAME}`, `{address: …}`, `{addresses: […]}`, `{cname: …}` or `{alias: {dns_name, zone_id}}`"
    )

    /// A target that is another record of `zone`, which needs no looking up.
    init(alias name: String, in zone: String, types: [String]) {
        form = .alias(dnsName: name, zone: zone)
        addAlias(types, name: name, zone: zone)
    }

    /// Reads `to`.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters) throws {
        let to = try parameters.mapping("to")
        guard to.count == 1, let (word, value) = to.first else {
            throw ParameterError("to", "must hold exactly one of load_balancer, address, addresses, cname, alias")
        }
        switch (word, value) {
        case ("load_balancer", .string(let name)): form = .loadBalancer(name: name)
        case ("address", .string(let address)): form = .addresses([try Self.address(address)])
        case ("addresses", .array(let list)) where !list.isEmpty:
            form = .addresses(try list.map { try Self.address($0.interpolated) })
        case ("cname", .string(let name)): form = .canonicalName(name)
        case ("alias", .object(let alias)):
            guard let name = alias["dns_name"]?.string, let zone = alias["zone_id"]?.string else {
                throw ParameterError("to", "`alias` must hold `dns_name` and `zone_id`")
            }
            form = .alias(dnsName: name, zone: zone)
        default: throw ParameterError("to", "cannot be `\(Value.object(to).text)`")
        }
    }

    /// Record types that a record pointing there owns.
    ///
    /// A load balancer's record owns AAAA even where it has none: a stale one would send half the clients elsewhere.
    var types: [String] {
        switch form {
        case .loadBalancer: ["A", "AAAA"]
        case .addresses(let addresses): Set(addresses.map { $0.contains(":") ? "AAAA" : "A" }).sorted()
        case .canonicalName: ["CNAME"]
        case .alias: ["A"]
        }
    }

    private static func address(_ text: String) throws -> String {
        guard let canonical = IPAddress.canonical(text) else {
            throw ParameterError("to", "holds `\(text)`, which is no address")
        }
        return canonical
    }

    /// The target with its sets looked up.
    ///
    /// Throws: `Refusal` when the load balancer is not there; what the tools throw.
    func resolved(_ world: World) async throws -> RecordTarget {
        var target = self
        switch form {
        case .addresses(let addresses):
            target.addAddresses(addresses)
        case .canonicalName(let name):
            target.sets["CNAME"] = .init(name: "", type: "CNAME", resourceRecords: [name])
        case .alias(let name, let zone): target.addAlias(["A"], name: name, zone: zone)
        case .loadBalancer(let name):
            let found = try await Self.loadBalancer(name, world)
            guard let dnsName = found.dnsName, let zone = found.canonicalHostedZoneId else {
                throw Problem("load balancer `\(name)` was given without its DNS name or zone")
            }
            let isDual = found.ipAddressType?.hasPrefix("dualstack") ?? false
            target.addAlias(isDual ? ["A", "AAAA"] : ["A"], name: dnsName, zone: zone)
        }
        return target
    }

    private mutating func addAddresses(_ addresses: [String]) {
        sets = [:]
        for address in addresses {
            let type = address.contains(":") ? "AAAA" : "A"
            sets[type, default: .init(name: "", type: type)].resourceRecords.append(address)
        }
    }

    private mutating func addAlias(_ types: [String], name: String, zone: String) {
        for type in types {
            var set = Route53.ResourceRecordSet(name: "", type: type)
            // Health must not override weights and send traffic to a stopped side.
            set.aliasTarget = .init(hostedZoneId: zone, dnsName: name, evaluateTargetHealth: false)
            sets[type] = set
        }
    }

    /// Load balancer `name`.
    ///
    /// Throws: `Refusal` when it is not there; what the tools throw.
    static func loadBalancer(_ name: String, _ world: World) async throws -> ElasticLoadBalancing.LoadBalancer {
        do {
            let answer = try await world.call("elasticloadbalancing:DescribeLoadBalancers \(name)") {
                try await world.aws.elasticLoadBalancing.describeLoadBalancers(.init(names: [name]))
            }
            if let found = answer.loadBalancers.first { return found }
        } catch let error as AWSError where error.code == "LoadBalancerNotFound" {
            throw Refusal("there is no load balancer `\(name)`", hint: "check `to`, the region and the account")
        }
        throw Refusal("there is no load balancer `\(name)`", hint: "check `to`, the region and the account")
    }
}

/// Texts of IP addresses.
enum IPAddress {
    /// `text` in its canonical form; nil when it is no address.
    static func canonical(_ text: String) -> String? {
        for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: size)
            guard inet_pton(family, text, &bytes) == 1 else { continue }
            var out = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            guard inet_ntop(family, bytes, &out, socklen_t(out.count)) != nil else { return nil }
            return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return nil
    }
}
