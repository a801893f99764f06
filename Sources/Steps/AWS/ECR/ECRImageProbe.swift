import AWSClient
import MigrateCore

/// Whether a repository holds an image with a tag.
struct ECRImageProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ecr.image",
        role: .probe,
        summary: "An ECR repository holds an image with this tag, fresh and clean enough",
        parameters: [
            .required("repository", .string, "Name of the repository, such as `lgtm/mimir`"),
            .required("tag", .string, "Tag of the image"),
            .optional(
                "digest",
                .string,
                example: "sha256:0f1e…",
                "Digest that the tag must stand for, such as `sha256:…`"
            ),
            .optional("max_age", .duration, "Longest time since it was pushed"),
            .optional(
                "max_findings",
                .mapping,
                "Most findings of a scan by severity, such as `{CRITICAL: 0}`; without a finished scan inconclusive"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["ecr:DescribeImages"], on: "arn:aws:ecr:*:*:repository/${repository}", mutates: false)
        ],
        facts: [
            "digest": "digest of the image", "pushed_at": "when it was pushed, seconds since 1970",
            "size": "size in the registry, bytes", "findings": "findings of its scan by severity",
        ],
        source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-image
              probe: ecr.image
              with: {repository: lgtm/mimir, tag: "2.14.0", max_findings: {CRITICAL: 0}}
            """
    )

    private let repository: String
    private let tag: String
    private let digest: String?
    private let maxAge: Duration?
    private let maxFindings: [String: Int]

    init(_ parameters: Parameters) throws {
        repository = try parameters.string("repository")
        tag = try parameters.string("tag")
        digest = try parameters.stringIfGiven("digest")
        maxAge = try parameters.durationIfGiven("max_age")
        maxFindings = try parameters.wholeNumbers("max_findings")
    }

    func ask(_ world: World) async throws -> Observation {
        let found = try await world.look(
            "ecr:DescribeImages \(repository):\(tag)",
            absentBy: ["ImageNotFoundException", "RepositoryNotFoundException"]
        ) {
            try await world.aws.ecr.describeImages(
                .init(repositoryName: repository, imageIds: [.init(imageTag: tag)])
            )
        }
        guard let image = found?.imageDetails.first else {
            return Observation(.fail("no image `\(repository):\(tag)`"))
        }
        let findings = image.imageScanFindingsSummary?.findingSeverityCounts
        let facts: [String: Value] = [
            "digest": .string(image.imageDigest),
            "pushed_at": image.imagePushedAt.map { .number($0.seconds) } ?? .null,
            "size": image.imageSizeInBytes.map { .integer(Int64($0)) } ?? .null,
            "findings": findings.map { .object($0.mapValues { .integer(Int64($0)) }) } ?? .null,
        ]
        let age = image.imagePushedAt.map { world.now() - $0.timestamp }
        let verdict = judge(
            digest: image.imageDigest,
            age: age,
            scan: image.imageScanStatus?.status,
            findings: findings
        )
        return Observation(verdict, facts: facts)
    }

    private func judge(digest found: String, age: Duration?, scan: String?, findings: [String: Int]?) -> Verdict {
        let name = "`\(repository):\(tag)`"
        if let digest, digest != found { return .fail("\(name) is \(found), not \(digest)") }
        if let maxAge {
            guard let age else { return .inconclusive("\(name): the registry does not say when it was pushed") }
            if age > maxAge { return .fail("\(name) was pushed \(age.shortText) ago, allowed are \(maxAge.shortText)") }
        }
        guard !maxFindings.isEmpty else { return .pass("\(name) is \(found)") }
        guard let findings, scan == nil || scan == "COMPLETE" || scan == "ACTIVE" else {
            return .inconclusive("\(name): no finished scan (\(scan ?? "none was started"))")
        }
        let over = maxFindings.filter { findings[$0.key, default: 0] > $0.value }.keys.sorted()
        guard over.isEmpty else {
            let list = over.map { "\(findings[$0, default: 0]) \($0)" }.joined(separator: ", ")
            return .fail("\(name) has findings over the limit: \(list)")
        }
        return .pass("\(name) is \(found), findings within the limit")
    }
}
