import AWSClient
import MigrateCore

/// An image repository as found.
struct ECRRepository: Sendable, Hashable {
    /// Name, such as `lgtm/mimir`.
    var name: String
    /// ARN.
    var arn: String
    /// Where images are pushed to and pulled from, without a tag.
    var uri: String
    /// Whether images are scanned when pushed.
    var scanOnPush: Bool
    /// `MUTABLE`, `IMMUTABLE`, or one of the two with exclusions.
    var tagMutability: String

    /// Whether a tag that is in use cannot be moved.
    var isImmutable: Bool { tagMutability.hasPrefix("IMMUTABLE") }

    /// Resource of its permissions.
    static let resource = "arn:aws:ecr:*:*:repository/${name}"

    /// Facts it gives, with their meaning.
    static let factNames = [
        "arn": "ARN of the repository", "uri": "address of its images, without a tag", "name": "its name",
    ]

    /// Facts.
    var facts: [String: Value] { ["arn": .string(arn), "uri": .string(uri), "name": .string(name)] }

    /// Repository `name`; nil when there is none.
    ///
    /// Throws: as `World.call`.
    static func named(_ name: String, _ world: World) async throws -> ECRRepository? {
        let found = try await world.look(
            "ecr:DescribeRepositories \(name)",
            absentBy: ["RepositoryNotFoundException"]
        ) {
            try await world.aws.ecr.describeRepositories(.init(repositoryNames: [name]))
        }
        guard let first = found?.repositories.first else { return nil }
        return ECRRepository(
            name: name,
            arn: first.repositoryArn,
            uri: first.repositoryUri,
            scanOnPush: first.imageScanningConfiguration?.scanOnPush ?? false,
            tagMutability: first.imageTagMutability ?? "MUTABLE"
        )
    }
}
