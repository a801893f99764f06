import AWSClient
import MigrateCore

/// Whether objects arrive under a prefix.
struct S3ObjectsProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "s3.objects",
        role: .probe,
        summary: "An S3 prefix holds enough objects, new enough",
        parameters: [
            .required("bucket", .string, "Name of the bucket"),
            .optional("prefix", .string, default: "", "Beginning of their keys"),
            .optional("at_least", .integer, default: 1, unit: "objects", "Fewest objects"),
            .optional("newer_than", .duration, "Longest time since each that counts was written"),
            .optional(
                "max_pages",
                .integer,
                default: 100,
                unit: "pages",
                "Most pages of 1,000 keys that are looked at"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["s3:ListBucket"], on: "arn:aws:s3:::${bucket}", mutates: false)],
        facts: ["count": "objects that count, at most as many as were wanted", "newest": "key of the newest seen"],
        source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: blocks-arrive
              probe: s3.objects
              with: {bucket: "${bucket}", prefix: blocks/, newer_than: 2h}
              retry: {for: 30m}
            """
    )

    private let bucket: String
    private let prefix: String
    private let atLeast: Int
    private let newerThan: Duration?
    private let maximumPages: Int

    init(_ parameters: Parameters) throws {
        bucket = try parameters.string("bucket")
        prefix = try parameters.string("prefix")
        atLeast = try parameters.integer("at_least", in: 1...1_000_000)
        newerThan = try parameters.durationIfGiven("newer_than")
        maximumPages = try parameters.integer("max_pages", in: 1...100_000)
    }

    func ask(_ world: World) async throws -> Observation {
        let now = world.now()
        var counted = 0
        var seen = 0
        var newest: S3.Object?
        var token: String?
        var pages = 0
        repeat {
            var input = S3.ListObjectsV2Input(bucket: bucket)
            input.prefix = prefix.isEmpty ? nil : prefix
            input.continuationToken = token
            let request = input
            let page = try await world.call("s3:ListObjectsV2 \(bucket)/\(prefix)") {
                try await world.aws.s3.listObjectsV2(request)
            }
            pages += 1
            seen += page.contents.count
            counted += page.contents.count { isCounted($0, now) }
            newest = (page.contents + [newest].compactMap { $0 }).max {
                ($0.lastModified?.seconds ?? 0) < ($1.lastModified?.seconds ?? 0)
            }
            token = page.isTruncated ? page.nextContinuationToken : nil
        } while token != nil && counted < atLeast && pages < maximumPages
        let facts: [String: Value] = [
            "count": .integer(Int64(counted)), "newest": newest.map { .string($0.key) } ?? .null,
        ]
        let place = "`\(bucket)/\(prefix)`"
        let sort = newerThan.map { " newer than \($0.shortText)" } ?? ""
        if counted >= atLeast { return Observation(.pass("\(place) holds \(counted) objects\(sort)"), facts: facts) }
        if token != nil {
            return Observation(
                .inconclusive("\(counted) of the first \(seen) objects under \(place) count, and there are more"),
                facts: facts
            )
        }
        return Observation(.fail("\(place) holds \(counted) objects\(sort), wanted \(atLeast)"), facts: facts)
    }

    private func isCounted(_ object: S3.Object, _ now: Timestamp) -> Bool {
        guard let newerThan else { return true }
        guard let written = object.lastModified else { return false }
        return now - written.timestamp <= newerThan
    }
}
