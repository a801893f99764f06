import AWSClient
import MigrateCore

/// Whether an image repository exists, and as it should be.
struct ECRRepositoryProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ecr.repository",
        role: .probe,
        summary: "An ECR repository exists, set up as wanted",
        parameters: [
            .required("name", .string, "Name of the repository, such as `lgtm/mimir`"),
            .optional("scan_on_push", .boolean, "Whether images must be scanned when pushed; left out, not looked at"),
            .optional("immutable", .boolean, "Whether tags must be immutable; left out, not looked at"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["ecr:DescribeRepositories"], on: ECRRepository.resource, mutates: false)],
        facts: ECRRepository.factNames,
        source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-repository
              probe: ecr.repository
              with: {name: lgtm/mimir, scan_on_push: true}
            """
    )

    private let name: String
    private let scanOnPush: Bool?
    private let isImmutable: Bool?

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        scanOnPush = try parameters.booleanIfGiven("scan_on_push")
        isImmutable = try parameters.booleanIfGiven("immutable")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let found = try await ECRRepository.named(name, world) else {
            return Observation(.fail("no repository `\(name)`"))
        }
        var faults: [String] = []
        if let scanOnPush, found.scanOnPush != scanOnPush {
            faults.append("scan on push is \(found.scanOnPush ? "on" : "off")")
        }
        if let isImmutable, found.isImmutable != isImmutable {
            faults.append("tags are \(found.isImmutable ? "immutable" : "mutable")")
        }
        let verdict: Verdict =
            faults.isEmpty ? .pass("repository `\(name)` at \(found.uri)") : .fail(faults.joined(separator: ", "))
        return Observation(verdict, facts: found.facts)
    }
}
