import AWSClient
import MigrateCore

/// Whether a bucket exists and lets us in.
struct S3BucketProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "s3.bucket",
        role: .probe,
        summary: "An S3 bucket exists, lets us in and is in this region",
        parameters: [
            .required("bucket", .string, "Name of the bucket"),
            .optional(
                "region",
                .string,
                example: "ap-northeast-2",
                "Region that it must be in; left out, not looked at"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["s3:ListBucket"], on: "arn:aws:s3:::${bucket}", mutates: false)],
        facts: ["region": "region of the bucket"],
        source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: bucket-there
              probe: s3.bucket
              with: {bucket: "${bucket}"}
            """
    )

    private let bucket: String
    private let region: String?

    init(_ parameters: Parameters) throws {
        bucket = try parameters.string("bucket")
        region = try parameters.stringIfGiven("region")
    }

    func ask(_ world: World) async throws -> Observation {
        let found: S3.HeadBucketOutput
        do {
            found = try await world.call("s3:HeadBucket \(bucket)") {
                try await world.aws.s3.headBucket(.init(bucket: bucket))
            }
        } catch let error as AWSError where error.status == 404 {
            return Observation(.fail("no bucket `\(bucket)`"))
        }
        let facts: [String: Value] = ["region": found.bucketRegion.map { .string($0) } ?? .null]
        guard let region else { return Observation(.pass("bucket `\(bucket)` lets us in"), facts: facts) }
        guard let there = found.bucketRegion else {
            return Observation(.inconclusive("S3 does not say which region `\(bucket)` is in"), facts: facts)
        }
        return Observation(
            there == region
                ? .pass("bucket `\(bucket)` in \(region)")
                : .fail("bucket `\(bucket)` is in \(there), not in \(region)"),
            facts: facts
        )
    }
}
