import AWSClient
import MigrateCore

/// Makes an image repository.
struct ECRRepositoryAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "ecr.repository",
        role: .action,
        summary: "Makes an ECR repository, or sets up one that exists",
        parameters: [
            .required("name", .string, "Name of the repository, such as `lgtm/mimir`"),
            .optional("scan_on_push", .boolean, default: true, "Whether images are scanned when pushed"),
            .optional("immutable", .boolean, default: false, "Whether a tag that is in use cannot be moved"),
            .optional(
                "delete_images_on_rollback",
                .boolean,
                default: true,
                "Whether undoing deletes a repository that this step made with the images in it, which this run pushed;"
                    + " when false, a repository with images cannot be undone"
            ),
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "scan on push and tag mutability as found, or that there was no repository; undoing sets "
            + "them back or deletes it",
        reconciliation: "by the repository's name",
        permissions: [
            Permission(["ecr:DescribeRepositories"], on: ECRRepository.resource, mutates: false),
            Permission(
                [
                    "ecr:CreateRepository", "ecr:PutImageScanningConfiguration", "ecr:PutImageTagMutability",
                    "ecr:DeleteRepository",
                ],
                on: ECRRepository.resource,
                mutates: true
            ),
        ],
        facts: ECRRepository.factNames,
        source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-repository
              do: ecr.repository
              with: {name: lgtm/mimir, scan_on_push: true}
            """
    )

    private let name: String
    private let scanOnPush: Bool
    private let isImmutable: Bool
    private let deletesImages: Bool

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        scanOnPush = try parameters.boolean("scan_on_push")
        isImmutable = try parameters.boolean("immutable")
        deletesImages = try parameters.boolean("delete_images_on_rollback")
    }

    func observe(_ world: World) async throws -> Value {
        guard let found = try await ECRRepository.named(name, world) else { return .null }
        return image(found.scanOnPush, found.tagMutability, found.facts)
    }

    private func image(_ scans: Bool, _ mutability: String, _ facts: [String: Value] = [:]) -> Value {
        .object(
            facts.merging(["name": .string(name), "scan_on_push": .bool(scans), "tags": .string(mutability)]) { $1 }
        )
    }

    func wanted(over before: Value) throws -> Value {
        // Why by prefix: a repository whose mutability has exclusions is still of the wanted sort.
        let mutability = isImmutable ? "IMMUTABLE" : "MUTABLE"
        guard let found = before["tags"].string else { return image(scanOnPush, mutability) }
        let isAlike = found.hasPrefix("IMMUTABLE") == isImmutable
        let scans = before["scan_on_push"].bool ?? false
        guard isAlike || scans == scanOnPush else {
            throw Refusal(
                "repository `\(name)` exists and differs in scanning and in mutability, which are two calls",
                hint: "set one of them by hand, or leave the parameter as the repository has it"
            )
        }
        return image(scanOnPush, isAlike ? found : mutability)
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        observed.isNull == expected.isNull && observed["scan_on_push"] == expected["scan_on_push"]
            && observed["tags"] == expected["tags"]
    }

    func facts(of image: Value) -> [String: Value] {
        ["arn": image["arn"], "uri": image["uri"], "name": .string(name)]
    }

    func summary(from: Value, to: Value) -> String {
        if from.isNull { return "create repository `\(name)`" }
        if to.isNull {
            return "delete repository `\(name)`" + (deletesImages ? " with the images in it" : "")
        }
        return from["tags"] == to["tags"]
            ? "set scan on push of repository `\(name)` to \(to["scan_on_push"].text)"
            : "make tags of repository `\(name)` \(to["tags"].interpolated.lowercased())"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let scans = to["scan_on_push"].bool ?? false
        let mutability = to["tags"].string ?? "MUTABLE"
        if to.isNull {
            try await world.remove(
                "ecr:DeleteRepository \(name)",
                absentBy: ["RepositoryNotFoundException"]
            ) {
                try await world.aws.ecr.deleteRepository(.init(repositoryName: name, force: deletesImages))
            }
        } else if from.isNull {
            _ = try await world.call("ecr:CreateRepository \(name)") {
                try await world.aws.ecr.createRepository(
                    .init(
                        repositoryName: name,
                        imageTagMutability: mutability,
                        imageScanningConfiguration: .init(scanOnPush: scans)
                    )
                )
            }
        } else if from["tags"] != to["tags"] {
            _ = try await world.call("ecr:PutImageTagMutability \(name)") {
                try await world.aws.ecr.putImageTagMutability(
                    .init(repositoryName: name, imageTagMutability: mutability)
                )
            }
        } else {
            _ = try await world.call("ecr:PutImageScanningConfiguration \(name)") {
                try await world.aws.ecr.putImageScanningConfiguration(
                    .init(repositoryName: name, imageScanningConfiguration: .init(scanOnPush: scans))
                )
            }
        }
        return .null
    }
}
