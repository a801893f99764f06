import AWSClient
import MigrateCore

/// Whether a certificate is issued, covers the names and lasts.
struct ACMCertificateProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "acm.certificate",
        role: .probe,
        summary: "An ACM certificate is issued, covers these names and does not expire soon",
        parameters: [
            .optional("arn", .string, example: "${certificate_arn}", "ARN of the certificate"),
            .optional("domain", .string, "Its first domain name, in place of the ARN"),
            .optional("names", .list(.string), "Host names that it must cover"),
            .optional("min_left", .duration, default: "14d", "Shortest time until it expires"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["acm:ListCertificates"], on: "*", mutates: false),
            Permission(["acm:DescribeCertificate"], on: "arn:aws:acm:*:*:certificate/*", mutates: false),
        ],
        facts: [
            "arn": "ARN of the certificate", "names": "names it covers", "days_left": "whole days until it expires",
        ],
        source: "https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: certificate-good
              probe: acm.certificate
              with: {domain: "${host}", names: ["${host}"], min_left: 30d}
            """
    )

    private let arn: String?
    private let domain: String?
    private let names: [String]
    private let minimumLeft: Duration

    init(_ parameters: Parameters) throws {
        arn = try parameters.stringIfGiven("arn")
        domain = try parameters.stringIfGiven("domain")
        names = try parameters.strings("names")
        minimumLeft = try parameters.duration("min_left")
        guard (arn == nil) != (domain == nil) else {
            throw ParameterError("arn", "or `domain` must be given, and not both")
        }
    }

    func ask(_ world: World) async throws -> Observation {
        guard let arn = try await certificateARN(world) else {
            return Observation(.fail("no certificate for `\(domain ?? "")`"))
        }
        let answer = try await world.look("acm:DescribeCertificate \(arn)", absentBy: ["ResourceNotFoundException"]) {
            try await world.aws.acm.describeCertificate(.init(certificateArn: arn))
        }
        guard let found = answer?.certificate else { return Observation(.fail("no certificate `\(arn)`")) }
        let covered = Set(found.subjectAlternativeNames + [found.domainName].compactMap { $0 })
        let left = found.notAfter.map { $0.timestamp - world.now() }
        let facts: [String: Value] = [
            "arn": .string(arn), "names": .array(covered.sorted().map { .string($0) }),
            "days_left": left.map { .integer($0.inMilliseconds / 86_400_000) } ?? .null,
        ]
        var faults: [String] = []
        if found.status != "ISSUED" {
            faults.append("it is \(found.status ?? "of no status")" + (found.failureReason.map { " (\($0))" } ?? ""))
        }
        let missing = names.filter { name in !covered.contains { Self.covers($0, name) } }
        if !missing.isEmpty { faults.append("it does not cover \(missing.joined(separator: ", "))") }
        if let left, left < minimumLeft {
            faults.append("it expires in \(left.shortText), wanted \(minimumLeft.shortText)")
        }
        guard faults.isEmpty else {
            return Observation(.fail("certificate `\(arn)`: " + faults.joined(separator: "; ")), facts: facts)
        }
        guard let left else {
            return Observation(.inconclusive("ACM does not say when `\(arn)` expires"), facts: facts)
        }
        return Observation(.pass("certificate `\(arn)` lasts \(left.inMilliseconds / 86_400_000) days"), facts: facts)
    }

    private func certificateARN(_ world: World) async throws -> String? {
        if let arn { return arn }
        let all = try await world.call("acm:ListCertificates") {
            try await world.aws.acm.allCertificateSummaryList(.init())
        }
        let matching = all.filter { $0.domainName == domain }
        // Why issued first: an expired or failed one of the same name often lies beside it.
        return (matching.first { $0.status == "ISSUED" } ?? matching.first)?.certificateArn
    }

    /// Whether certificate name `pattern`, perhaps with a wildcard label, covers `name` (RFC 6125, 6.4.3).
    static func covers(_ pattern: String, _ name: String) -> Bool {
        if pattern.lowercased() == name.lowercased() { return true }
        guard pattern.hasPrefix("*."), let dot = name.firstIndex(of: ".") else { return false }
        return name[dot...].lowercased() == pattern.dropFirst().lowercased()
    }
}
