import AWSClient
import MigrateCore

/// A port that a security group must let in.
struct IngressRequirement: Sendable, Hashable {
    /// Port.
    let port: Int
    /// `tcp`, `udp` or another name of EC2.
    let transport: String
    /// Address range or security group that must be let in; nil for any.
    let source: String?
    /// Group that must let it in; nil for any that is looked at.
    let group: String?

    /// Reads `{port, protocol, from, security_group}`.
    ///
    /// Throws: `ParameterError` about `parameter`.
    init(_ value: Value, parameter: String) throws {
        guard let port = value["port"].integer, (1...65_535).contains(port) else {
            throw ParameterError(parameter, "needs a `port` from 1 to 65535 in each, not \(value.text)")
        }
        self.port = Int(port)
        transport = value["protocol"].string ?? "tcp"
        source = value["from"].string
        group = value["security_group"].string
    }

    /// In words.
    var text: String { "\(transport) port \(port)" + (source.map { " from \($0)" } ?? "") }

    /// Whether `candidate` lets it in.
    func isMet(by candidate: EC2.SecurityGroup) -> Bool {
        guard group == nil || group == candidate.groupId else { return false }
        return candidate.ipPermissions.contains { permission in
            guard permission.ipProtocol == "-1" || permission.ipProtocol == transport else { return false }
            // Why open ends: rules for all protocols carry no ports.
            guard (permission.fromPort ?? 0) <= port, port <= (permission.toPort ?? 65_535) else { return false }
            guard let source else { return true }
            let sources =
                permission.ipRanges.compactMap(\.cidrIp) + permission.ipv6Ranges.compactMap(\.cidrIpv6)
                + permission.userIdGroupPairs.compactMap(\.groupId)
            return sources.contains(source) || sources.contains("0.0.0.0/0")
        }
    }
}
