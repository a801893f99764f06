import AWSClient
import MigrateCore
import Network

/// Who issued the certificate that the new side shows, in the words of CAA records.
enum CertificateIssuer: Sendable, Equatable {
    /// An authority that goes by CAA, with the domains it is known by.
    case authority([String], isWildcard: Bool)
    /// A private authority, which nothing binds; why it is one.
    case unbound(String)
    /// Nobody that this tool knows; the issuer's name.
    case unknown(String)

    /// Domains by which Amazon's authorities are known.
    ///
    /// Source: https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html, read 2026-11-21.
    static let amazon = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"]

    /// Domains of authorities by a word in the issuer's name.
    ///
    /// No certificate carries the domain of its authority, so that this can only be a list; whoever is not on it is
    /// given by the operator.
    private static let domains: [(word: String, domains: [String])] = [
        ("amazon", amazon), ("let's encrypt", ["letsencrypt.org"]), ("digicert", ["digicert.com"]),
        ("google trust services", ["pki.goog"]), ("sectigo", ["sectigo.com"]), ("zerossl", ["sectigo.com"]),
        ("globalsign", ["globalsign.com"]), ("entrust", ["entrust.net"]), ("godaddy", ["godaddy.com"]),
        ("ssl.com", ["ssl.com"]), ("buypass", ["buypass.com"]),
    ]

    /// The issuer called `name`, as certificates and ACM print it.
    init(named name: String, isWildcard: Bool) {
        let lower = name.lowercased()
        if let known = Self.domains.first(where: { lower.contains($0.word) }) {
            self = .authority(known.domains, isWildcard: isWildcard)
        } else {
            self = .unknown(name)
        }
    }

    /// The issuer of ACM's `certificate` for `host`; nil when it is not made out to that name.
    init?(_ certificate: ACM.Certificate, for host: String) {
        let names = certificate.subjectAlternativeNames + [certificate.domainName].compactMap { $0 }
        let isWildcard = Self.isWildcard(names, for: host)
        let parent = host.split(separator: ".").dropFirst().joined(separator: ".")
        guard !isWildcard || names.contains(where: { $0.lowercased() == "*.\(parent)".lowercased() }) else {
            return nil
        }
        switch certificate.type {
        case "AMAZON_ISSUED": self = .authority(Self.amazon, isWildcard: isWildcard)
        case "PRIVATE": self = .unbound("its certificate is of a private authority")
        case .some, nil: self.init(named: certificate.issuer ?? "", isWildcard: isWildcard)
        }
    }

    /// Whether `names` cover `host` by a wildcard alone.
    static func isWildcard(_ names: [String], for host: String) -> Bool {
        !names.contains { $0.lowercased() == host.lowercased() }
    }
}

extension CertificateIssuer {
    /// The issuer of the certificate of load balancer `name` for `host`, on its listener at `port` or on any; nil when
    /// ACM has none of it.
    ///
    /// Throws: `Refusal` when there is no such load balancer; what the tools throw.
    static func of(
        loadBalancer name: String,
        port: Int?,
        host: String,
        _ world: World
    ) async throws -> CertificateIssuer? {
        let balancer = try await RecordTarget.loadBalancer(name, world)
        let listeners = try await world.call("elasticloadbalancing:DescribeListeners \(name)") {
            try await world.aws.elasticLoadBalancing.allListeners(.init(loadBalancerArn: balancer.loadBalancerArn))
        }
        let certificates = listeners.filter { port == nil || $0.port == port }
            .flatMap(\.certificates).compactMap(\.certificateArn)
        for arn in certificates where arn.contains(":acm:") {
            let answer = try await world.look("acm:DescribeCertificate \(arn)", absentBy: ["ResourceNotFoundException"])
            {
                try await world.aws.acm.describeCertificate(.init(certificateArn: arn))
            }
            if let found = answer?.certificate, let issuer = CertificateIssuer(found, for: host) { return issuer }
        }
        return nil
    }
}
