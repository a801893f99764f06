import AWSClient
import MigrateCore

/// Whether objects can be written to a bucket: writes one, reads it back and deletes it.
struct S3WriteProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "s3.write",
        role: .probe,
        summary: "An object can be put into an S3 bucket, read back and deleted; it is deleted whatever happens",
        parameters: [
            .required("bucket", .string, "Name of the bucket"),
            .optional("prefix", .string, default: "migrate-canary/", "Where the object is put; a random name follows"),
        ],
        // Why convergent and not read_only: the object is there for a moment, and each asking takes a new name.
        effect: .convergent,
        rollback: .notNeeded,
        permissions: [
            Permission(
                ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
                on: "arn:aws:s3:::${bucket}/${prefix}*",
                mutates: true
            )
        ],
        facts: ["key": "key of the object, which is gone again"],
        source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: bucket-writable
              probe: s3.write
              with: {bucket: "${bucket}", prefix: migrate-canary/}
            """
    )

    private let bucket: String
    private let prefix: String

    init(_ parameters: Parameters) throws {
        bucket = try parameters.string("bucket")
        prefix = try parameters.string("prefix")
    }

    func ask(_ world: World) async throws -> Observation {
        let mark = String(world.random(), radix: 16)
        let key = prefix + mark
        var version: String?
        var verdict: Verdict
        do {
            let body = Array("migrate \(mark)\n".utf8)
            let put = try await world.call("s3:PutObject \(bucket)/\(key)") {
                try await world.aws.s3.putObject(
                    .init(bucket: bucket, key: key, body: body, contentType: "text/plain")
                )
            }
            version = put.versionId
            let read = try await world.call("s3:GetObject \(bucket)/\(key)") {
                try await world.aws.s3.getObject(.init(bucket: bucket, key: key))
            }
            verdict =
                read.body == body
                ? .pass("written to `\(bucket)/\(key)`, read back and deleted")
                : .fail("`\(bucket)/\(key)` read back \(read.body.count) bytes that are not the \(body.count) written")
        } catch let error as AWSError where error.code == "NoSuchBucket" {
            return Observation(.fail("no bucket `\(bucket)`"))
        } catch {
            verdict = .error(Problem(of: error))
        }
        // Why also after a failed put: it may have been applied with its answer lost.
        let made = version
        do {
            _ = try await world.call("s3:DeleteObject \(bucket)/\(key)") {
                try await world.aws.s3.deleteObject(.init(bucket: bucket, key: key, versionId: made))
            }
        } catch  where verdict.isPass {
            let problem = Problem(of: error)
            verdict = .fail(
                "`\(bucket)/\(key)` could be written but not deleted, and is left there: \(problem.message)"
            )
        } catch {
            // What failed first tells more; the record has this too.
        }
        return Observation(verdict, facts: ["key": .string(key)])
    }
}
