import MigrateCore
import Testing

@testable import Steps

@Suite struct LogsTests {
    static func groups(_ retention: Int64?, exists: Bool = true) -> ScriptedAWS.Call {
        var members: [String: Value] = ["logGroupName": "/ecs/m", "arn": "arn:aws:logs:eu-west-1:1:log-group:/ecs/m:*"]
        if let retention { members["retentionInDays"] = .integer(retention) }
        let found: [Value] =
            exists ? [["logGroupName": "/ecs/mimir"], .object(members)] : [["logGroupName": "/ecs/mimir"]]
        return .json("DescribeLogGroups", ["logGroupNamePrefix": "/ecs/m"], returns: ["logGroups": .array(found)])
    }

    @Test func aLogGroupIsMadeAndDeleted() async throws {
        let aws = ScriptedAWS([
            Self.groups(nil, exists: false), .json("CreateLogGroup", ["logGroupName": "/ecs/m"]), Self.groups(nil),
            Self.groups(nil), .json("DeleteLogGroup", ["logGroupName": "/ecs/m"]), Self.groups(nil, exists: false),
        ])
        let trial = Trial<LogBareGroupAction>(["name": "/ecs/m"], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(after["arn"] == "arn:aws:logs:eu-west-1:1:log-group:/ecs/m")
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func aRetentionGoesBackToForEver() async throws {
        let aws = ScriptedAWS([
            Self.groups(nil), .json("PutRetentionPolicy", ["logGroupName": "/ecs/m", "retentionInDays": 30]),
            Self.groups(30), Self.groups(30), .json("DeleteRetentionPolicy", ["logGroupName": "/ecs/m"]),
            Self.groups(nil),
        ])
        let trial = Trial<LogRetentionAction>(["group": "/ecs/m", "days": 30], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func theProbeComparesTheRetention() async throws {
        let parameters: Value = ["name": "/ecs/m", "min_retention": "30d"]
        #expect(try await asking(LogGroupProbe.self, parameters, [Self.groups(7)]).verdict.word == "fail")
        #expect(try await asking(LogGroupProbe.self, parameters, [Self.groups(nil)]).verdict.isPass)
    }

    static func events(_ count: Int, pattern: String?, next: String? = nil) -> ScriptedAWS.Call {
        var sends: [String: Value] = [
            "logGroupName": "/ecs/m", "startTime": 1_768_262_100_000, "endTime": 1_768_262_400_000,
        ]
        if let pattern { sends["filterPattern"] = .string(pattern) }
        var answer: [String: Value] = ["events": .array(Array(repeating: ["message": "panic: x"], count: count))]
        if let next { answer["nextToken"] = .string(next) }
        return .json("FilterLogEvents", .object(sends), returns: .object(answer))
    }

    @Test func silenceIsNoProofThatNothingIsWrong() async throws {
        let parameters: Value = ["group": "/ecs/m", "pattern": "panic", "at_most": 0]
        let quiet = [Self.events(0, pattern: "panic"), Self.events(1, pattern: nil)]
        #expect(try await asking(LogsSearchProbe.self, parameters, quiet).verdict.isPass)
        let dead = [Self.events(0, pattern: "panic"), Self.events(0, pattern: nil)]
        #expect(try await asking(LogsSearchProbe.self, parameters, dead).verdict.word == "inconclusive")
        let loud = [Self.events(1, pattern: "panic")]
        #expect(try await asking(LogsSearchProbe.self, parameters, loud).verdict.word == "fail")
    }

    @Test func aSearchStopsWhenItHasEnough() async throws {
        let parameters: Value = ["group": "/ecs/m", "pattern": "panic", "at_least": 2]
        let found = try await asking(
            LogsSearchProbe.self,
            parameters,
            [Self.events(2, pattern: "panic", next: "more")]
        )
        #expect(found.verdict.isPass)
    }
}
