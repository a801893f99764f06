import MigrateCore
import Testing

@testable import Steps

@Suite struct ECRTests {
    static let named: Value = ["repositoryNames": ["lgtm/mimir"]]

    static func repository(scans: Bool = true, tags: String = "MUTABLE") -> Value {
        [
            "repositories": [
                [
                    "repositoryArn": "arn:aws:ecr:eu-west-1:1:repository/lgtm/mimir", "repositoryName": "lgtm/mimir",
                    "repositoryUri": "1.dkr.ecr.eu-west-1.amazonaws.com/lgtm/mimir",
                    "imageTagMutability": .string(tags), "imageScanningConfiguration": ["scanOnPush": .bool(scans)],
                ]
            ]
        ]
    }

    static let absent = ScriptedAWS.Call.json("DescribeRepositories", named, fails: "RepositoryNotFoundException")
    static let present = ScriptedAWS.Call.json("DescribeRepositories", named, returns: repository())

    @Test func aRepositoryIsMadeAndDeletedWithTheImagesOfThisRun() async throws {
        let aws = ScriptedAWS([
            Self.absent,
            .json(
                "CreateRepository",
                [
                    "repositoryName": "lgtm/mimir", "imageTagMutability": "MUTABLE",
                    "imageScanningConfiguration": ["scanOnPush": true],
                ],
                returns: ["repository": Self.repository()["repositories"].array?[0] ?? .null]
            ),
            Self.present,
            Self.present,
            .json("DeleteRepository", ["repositoryName": "lgtm/mimir", "force": true]),
            Self.absent,
        ])
        let trial = Trial<ECRRepositoryAction>(["name": "lgtm/mimir"], aws)
        let images = try #require(try await trial.prepare())
        #expect(images.from.isNull)
        let after = try await trial.make(images)
        #expect(after["uri"] == "1.dkr.ecr.eu-west-1.amazonaws.com/lgtm/mimir")
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func whatIsAsWantedIsLeftAlone() async throws {
        let aws = ScriptedAWS([Self.present])
        #expect(try await Trial<ECRRepositoryAction>(["name": "lgtm/mimir"], aws).prepare() == nil)
    }

    @Test func oneDifferenceIsOneCallEachWay() async throws {
        let unscanned = ScriptedAWS.Call.json(
            "DescribeRepositories",
            Self.named,
            returns: Self.repository(scans: false)
        )
        func put(_ scans: Bool) -> ScriptedAWS.Call {
            .json(
                "PutImageScanningConfiguration",
                ["repositoryName": "lgtm/mimir", "imageScanningConfiguration": ["scanOnPush": .bool(scans)]]
            )
        }
        let aws = ScriptedAWS([unscanned, put(true), Self.present, Self.present, put(false), unscanned])
        let trial = Trial<ECRRepositoryAction>(["name": "lgtm/mimir"], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func twoDifferencesAreRefusedSinceTheyAreTwoCalls() async throws {
        let aws = ScriptedAWS([
            .json("DescribeRepositories", Self.named, returns: Self.repository(scans: false, tags: "IMMUTABLE"))
        ])
        await #expect(throws: Refusal.self) {
            try await Trial<ECRRepositoryAction>(["name": "lgtm/mimir"], aws).prepare()
        }
    }

    @Test func theProbeComparesWhatIsAskedFor() async throws {
        let parameters: Value = ["name": "lgtm/mimir", "scan_on_push": false, "immutable": true]
        let found = try await asking(ECRRepositoryProbe.self, parameters, [Self.present])
        #expect(found.verdict == .fail("scan on push is on, tags are mutable"))
        #expect(try await asking(ECRRepositoryProbe.self, ["name": "lgtm/mimir"], [Self.present]).verdict.isPass)
        let missing = try await asking(ECRRepositoryProbe.self, ["name": "lgtm/mimir"], [Self.absent])
        #expect(missing.verdict == .fail("no repository `lgtm/mimir`"))
    }

    static func image(_ more: [String: Value]) -> ScriptedAWS.Call {
        let detail: [String: Value] = ["imageDigest": "sha256:aa", "imageTags": ["1"]]
        return .json(
            "DescribeImages",
            ["repositoryName": "lgtm/mimir", "imageIds": [["imageTag": "1"]]],
            returns: ["imageDetails": [.object(detail.merging(more) { $1 })]]
        )
    }

    @Test func anImageIsKnownByItsDigest() async throws {
        let found = try await asking(
            ECRImageProbe.self,
            ["repository": "lgtm/mimir", "tag": "1"],
            [Self.image([:])]
        )
        #expect(found.verdict.isPass)
        #expect(found.facts["digest"] == "sha256:aa")
        let other = try await asking(
            ECRImageProbe.self,
            ["repository": "lgtm/mimir", "tag": "1", "digest": "sha256:bb"],
            [Self.image([:])]
        )
        #expect(other.verdict.word == "fail")
    }

    @Test func anImageThatIsTooOldFails() async throws {
        let hourAgo = Self.image(["imagePushedAt": .number(1_768_262_400 - 3600)])
        let parameters: Value = ["repository": "lgtm/mimir", "tag": "1", "max_age": "30m"]
        #expect(try await asking(ECRImageProbe.self, parameters, [hourAgo]).verdict.word == "fail")
        #expect(try await asking(ECRImageProbe.self, parameters, [Self.image([:])]).verdict.word == "inconclusive")
    }

    @Test func noFinishedScanIsInconclusiveAndFindingsOverTheLimitFail() async throws {
        let parameters: Value = ["repository": "lgtm/mimir", "tag": "1", "max_findings": ["CRITICAL": 0]]
        #expect(try await asking(ECRImageProbe.self, parameters, [Self.image([:])]).verdict.word == "inconclusive")
        func scanned(_ count: Int64) -> ScriptedAWS.Call {
            Self.image([
                "imageScanStatus": ["status": "COMPLETE"],
                "imageScanFindingsSummary": ["findingSeverityCounts": ["CRITICAL": .integer(count)]],
            ])
        }
        #expect(try await asking(ECRImageProbe.self, parameters, [scanned(1)]).verdict.word == "fail")
        #expect(try await asking(ECRImageProbe.self, parameters, [scanned(0)]).verdict.isPass)
    }
}
