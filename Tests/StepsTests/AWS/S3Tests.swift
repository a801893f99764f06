import MigrateCore
import Network
import Testing

@testable import Steps

@Suite struct S3Tests {
    static let key = "migrate-canary/2a"

    @Test func aCanaryIsWrittenReadAndDeleted() async throws {
        let found = try await asking(
            S3WriteProbe.self,
            ["bucket": "b"],
            [
                .rest("PUT /b/\(Self.key)", headers: [HTTPField("x-amz-version-id", "v1")]),
                .rest("GET /b/\(Self.key)", returns: "migrate 2a\n"),
                .rest("DELETE /b/\(Self.key)?versionId=v1", status: 204),
            ]
        )
        #expect(found.verdict.isPass)
    }

    @Test func aCanaryIsDeletedAlsoWhenItCannotBeReadOrItsPutWasLost() async throws {
        let unread = try await asking(
            S3WriteProbe.self,
            ["bucket": "b"],
            [
                .rest("PUT /b/\(Self.key)"), .rest("GET /b/\(Self.key)", returns: "other"),
                .rest("DELETE /b/\(Self.key)", status: 204),
            ]
        )
        #expect(unread.verdict.word == "fail")
        var lost = ScriptedAWS.Call(operation: "PUT /b/\(Self.key)", sends: nil)
        lost.status = 403
        lost.answer = Array("<Error><Code>AccessDenied</Code><Message>no</Message></Error>".utf8)
        let denied = try await asking(
            S3WriteProbe.self,
            ["bucket": "b"],
            [lost, .rest("DELETE /b/\(Self.key)", status: 204)]
        )
        guard case .error(let problem) = denied.verdict else {
            Issue.record("\(denied.verdict)")
            return
        }
        #expect(problem.hint?.contains("`s3:PutObject`") == true)
    }

    @Test func aCanaryThatStaysBehindIsAFailure() async throws {
        let found = try await asking(
            S3WriteProbe.self,
            ["bucket": "b"],
            [
                .rest("PUT /b/\(Self.key)"), .rest("GET /b/\(Self.key)", returns: "migrate 2a\n"),
                .rest(
                    "DELETE /b/\(Self.key)",
                    status: 403,
                    returns: "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"
                ),
            ]
        )
        #expect(found.verdict.summary.contains("is left there"))
    }

    static let list = "GET /b?list-type=2&encoding-type=url&prefix=p%2F"

    static func page(_ keys: [String], next: String? = nil) -> String {
        let items = keys.map {
            "<Contents><Key>\($0)</Key><Size>1</Size><LastModified>2026-01-12T23:59:00Z</LastModified></Contents>"
        }
        return "<ListBucketResult><IsTruncated>\(next != nil)</IsTruncated>"
            + (next.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? "") + items.joined()
            + "</ListBucketResult>"
    }

    @Test func objectsAreCountedByAgeUntilThereAreEnough() async throws {
        let first = ScriptedAWS.Call.rest(Self.list, returns: Self.page(["p/1"], next: "t"))
        let parameters: Value = ["bucket": "b", "prefix": "p/", "newer_than": "2m"]
        let found = try await asking(S3ObjectsProbe.self, parameters, [first])
        #expect(found.verdict.isPass)
        #expect(found.facts["newest"] == "p/1")
        let old: Value = ["bucket": "b", "prefix": "p/", "newer_than": "30s"]
        let whole = ScriptedAWS.Call.rest(Self.list, returns: Self.page(["p/1"]))
        #expect(try await asking(S3ObjectsProbe.self, old, [whole]).verdict.word == "fail")
        let capped = Value.object((old.object ?? [:]).merging(["max_pages": 1]) { $1 })
        #expect(try await asking(S3ObjectsProbe.self, capped, [first]).verdict.word == "inconclusive")
    }

    @Test func aBucketThatIsNotThereFails() async throws {
        let missing = try await asking(S3BucketProbe.self, ["bucket": "b"], [.rest("HEAD /b", status: 404)])
        #expect(missing.verdict == .fail("no bucket `b`"))
        let there = ScriptedAWS.Call.rest("HEAD /b", headers: [HTTPField("x-amz-bucket-region", "eu-west-1")])
        let wrong = try await asking(S3BucketProbe.self, ["bucket": "b", "region": "us-east-1"], [there])
        #expect(wrong.verdict == .fail("bucket `b` is in eu-west-1, not in us-east-1"))
    }
}
