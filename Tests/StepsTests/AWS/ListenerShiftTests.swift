import MigrateCore
import Testing

@testable import Steps

@Suite struct ListenerShiftTests {
    private static func group(_ name: String) -> String {
        "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/\(name)/1"
    }

    private static let listener = "arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/market/1/2"

    private static let given: [String: Value] = ["load_balancer": "market", "old": "blue", "new": "green"]

    private static let balancer = ScriptedAWS.Call.query(
        "DescribeLoadBalancers",
        returns: "<LoadBalancers><member><LoadBalancerArn>arn:alb</LoadBalancerArn></member></LoadBalancers>"
    )

    private static func named(_ name: String) -> ScriptedAWS.Call {
        .query(
            "DescribeTargetGroups",
            ["Names.member.1": .string(name)],
            returns: "<TargetGroups><member><TargetGroupArn>\(group(name))</TargetGroupArn></member></TargetGroups>"
        )
    }

    private static let sides = [named("blue"), named("green")]

    /// What the listener does, as it answers.
    private static func listening(_ weights: [(String, Int)], stickiness: Int? = nil) -> [ScriptedAWS.Call] {
        let groups = weights.map {
            "<member><TargetGroupArn>\(group($0.0))</TargetGroupArn><Weight>\($0.1)</Weight></member>"
        }
        let sticky = stickiness.map {
            "<TargetGroupStickinessConfig><Enabled>true</Enabled><DurationSeconds>\($0)</DurationSeconds>"
                + "</TargetGroupStickinessConfig>"
        }
        let listeners = ScriptedAWS.Call.query(
            "DescribeListeners",
            returns: "<Listeners><member><ListenerArn>\(listener)</ListenerArn><Port>443</Port><DefaultActions><member>"
                + "<Type>forward</Type><ForwardConfig><TargetGroups>\(groups.joined())</TargetGroups>\(sticky ?? "")"
                + "</ForwardConfig></member></DefaultActions></member></Listeners>"
        )
        return [balancer, listeners]
    }

    private static func modify(_ weights: [(String, Int)]) -> ScriptedAWS.Call {
        let action = "DefaultActions.member.1"
        var form: [String: Value] = [
            "ListenerArn": .string(listener), "\(action).Type": "forward",
            "\(action).ForwardConfig.TargetGroupStickinessConfig.Enabled": "false",
        ]
        for (index, weight) in weights.enumerated() {
            let member = "\(action).ForwardConfig.TargetGroups.member.\(index + 1)"
            form["\(member).TargetGroupArn"] = .string(group(weight.0))
            form["\(member).Weight"] = .string("\(weight.1)")
        }
        return .query("ModifyListener", .object(form))
    }

    private static func asked(_ more: [String: Value]) -> Value { .object(given.merging(more) { $1 }) }

    @Test func theFirstShareIsSetInOneCallAndUndoneInOne() async throws {
        let (before, after) = ([("blue", 1)], [("blue", 100), ("green", 0)])
        let aws = ScriptedAWS(
            Self.sides + Self.listening(before) + [Self.modify(after)] + Self.listening(after) + Self.listening(after)
                + [Self.modify(before)] + Self.listening(before)
        )
        let trial = Trial<ListenerWeightsAction>(Self.asked(["weight": 0]), aws)
        let images = try #require(try await trial.prepare())
        let made = try await trial.make(images)
        #expect(try await trial.undo(images, after: made))
        #expect(aws.isOver)
    }

    @Test func theOldGroupIsDroppedOnlyWithNothingLeftOnIt() throws {
        let given = Self.asked(["weight": 50, "drop_old": true])
        #expect(throws: ParameterError.self) {
            try ListenerWeightsAction(Parameters(given, of: ListenerWeightsAction.declaration))
        }
    }

    @Test(arguments: [
        ([("red", 1)], "`market:443` forwards to red too, and a shift has two sides"),
        ([("blue", 1), ("red", 1)], "`market:443` forwards to red too, and a shift has two sides"),
    ])
    func aListenerThatIsNotTheOldSidesAloneIsLeftAlone(weights: [(String, Int)], problem: String) async throws {
        let found = try await asking(
            ListenerPreflightProbe.self,
            .object(Self.given),
            Self.sides + Self.listening(weights)
        )
        #expect(found.verdict == .fail(problem))
        let aws = ScriptedAWS(Self.sides + Self.listening(weights))
        await #expect(throws: Refusal.self) {
            try await Trial<ListenerWeightsAction>(Self.asked(["weight": 10]), aws).prepare()
        }
    }

    @Test(arguments: [[("blue", 0), ("green", 100)], [("green", 1)]])
    func aShiftDoesNotStartWhereAnEarlierOneEnded(weights: [(String, Int)]) async throws {
        let found = try await asking(
            ListenerPreflightProbe.self,
            .object(Self.given),
            Self.sides + Self.listening(weights)
        )
        #expect(found.verdict == .fail("`market:443` sends nothing to `blue`"))
        let aws = ScriptedAWS(Self.sides + Self.listening(weights))
        await #expect(throws: Refusal.self) {
            try await Trial<ListenerWeightsAction>(Self.asked(["weight": 0]), aws).prepare()
        }
    }

    @Test func clientsThatStayWithAGroupAreRemarkedOn() async throws {
        let calls = Self.sides + Self.listening([("blue", 1)], stickiness: 600)
        let found = try await asking(ListenerPreflightProbe.self, .object(Self.given), calls)
        #expect(
            found.verdict
                == .pass(
                    "blue has 100 % of `market:443`; clients stay with a group for 600 s, whatever the weights say"
                )
        )
    }

    @Test func healthIsAskedForOnceTheListenerKnowsTheNewGroup() throws {
        let parts = try ListenerShiftPlan(Self.asked(["weights": [10, 100], "finish": "simple"])).parts()
        #expect(
            parts.map(\.name)
                == ["preflight", "convert", "healthy", "w10", "soak-w10", "w100", "soak-w100", "finish"]
        )
        #expect(parts.map(\.traffic) == [nil, .home, nil, .away, nil, .away, nil, .away])
        #expect(throws: Diagnostics.self) { try ListenerShiftPlan(Self.asked(["weights": [50, 10]])) }
    }

    @Test func whereRequestsAreCountedEachWeightIsHeldToThem() throws {
        let parts = try ListenerShiftPlan(Self.asked(["weights": [10, 100], "finish": "simple", "share": [:]])).parts()
        #expect(
            parts.map(\.name) == [
                "preflight", "convert", "healthy", "w10", "soak-w10", "share-w10", "w100", "soak-w100", "share-w100",
                "left", "finish",
            ]
        )
        let blue: Value = ["load_balancer": "market", "target_group": "blue"]
        let green: Value = ["load_balancer": "market", "target_group": "green"]
        let gate = try #require(parts.first { $0.name == "share-w10" })
        #expect(
            gate.parameters == ["old": blue, "new": green, "weight": 10, "window": "240s", "requests_per_answer": 1]
        )
        let left = try #require(parts.first { $0.name == "left" })
        #expect(left.parameters["side"] == blue && left.isAdvisory)
        let home = try #require(parts.first { $0.name == "convert" })
        #expect(home.parameters["left"]["side"] == green)
        #expect(home.timeout == .seconds(600))
    }

    @Test(arguments: [["old": ["load_balancer": "other"]], ["stray": 1], ["drain": "soon"]] as [Value])
    func countersThatCannotBeReadAreRefusedBeforeAnything(share: Value) {
        guard share["old"].isNull else {
            #expect(throws: Never.self) { try ListenerShiftPlan(Self.asked(["share": share])) }
            return
        }
        #expect(throws: Diagnostics.self) { try ListenerShiftPlan(Self.asked(["share": share])) }
    }

    /// What a return finds when `requests` still reach the new group `after` seconds.
    private func homecoming(_ requests: Value, from share: Int, after: Int64 = 0) async throws -> KindSettlement {
        let before = try ListenerForwarding(
            image: [
                "arn": .string(Self.listener), "rule": false, "stickiness": .null, "home": .string(Self.group("blue")),
                "weights": .object([
                    Self.group("blue"): .integer(Int64(100 - share)), Self.group("green"): .integer(Int64(share)),
                ]),
            ]
        )
        var home = before
        home.weights = [Self.group("blue"): 100, Self.group("green"): 0]
        let found = Self.listening([("blue", 100), ("green", 0)])
        let counting: [ScriptedAWS.Call] = [
            .query(
                "DescribeLoadBalancers",
                returns: "<LoadBalancers><member><LoadBalancerArn>arn:aws:elasticloadbalancing:eu-west-1:1:"
                    + "loadbalancer/app/market/9</LoadBalancerArn></member></LoadBalancers>"
            ),
            Self.named("green"),
            .json(
                "GetMetricData",
                returns: ["MetricDataResults": [["Id": "requests", "Values": requests, "StatusCode": "Complete"]]]
            ),
        ]
        let isCounted = share > 0
        let aws = ScriptedAWS([Self.modify([("blue", 100), ("green", 0)])] + found + (isCounted ? counting : []))
        let left: Value = [
            "side": ["load_balancer": "market", "target_group": "green"], "window": "3m", "quiet": 0, "drain": "300s",
        ]
        let given = Self.asked(["weight": 0, "left": left])
        let kind = try ListenerWeightsAction(Parameters(given, of: ListenerWeightsAction.declaration))
        let world = World.scripted(aws)
        let receipt = try await kind.move(from: before.image, to: home.image, token: "t", world)
        var later = world
        let now = world.now()
        later.now = { now + .seconds(after) }
        let settled = try await kind.settlement(of: home.image, receipt: receipt, later)
        #expect(aws.isOver)
        return settled
    }

    @Test func aReturnWaitsForThoseWhoStayBehindAndNotForEver() async throws {
        guard case .pending(let words) = try await homecoming([7], from: 10) else {
            Issue.record("not waited for")
            return
        }
        #expect(words == "traffic is home; still 7 requests at the new group")
        for (requests, after) in [([Value](), Int64(0)), ([7], 301)] {
            guard case .settled(_, let facts) = try await homecoming(.array(requests), from: 10, after: after) else {
                Issue.record("waited for \(requests)")
                return
            }
            #expect(facts["left"] == .integer(requests.isEmpty ? 0 : 7))
        }
    }

    @Test func whereNobodyWasAwayNobodyIsCounted() async throws {
        guard case .settled(_, let facts) = try await homecoming([7], from: 0) else {
            Issue.record("waited for nobody")
            return
        }
        #expect(facts["left"] == nil)
    }

    @Test func theWayHomeLiesReadyAsOneCommand() async throws {
        let from = try ListenerForwarding(
            image: [
                "arn": .string(Self.listener), "rule": false,
                "weights": .object([Self.group("blue"): 100, Self.group("green"): 0]), "stickiness": 600,
            ]
        )
        var to = from
        to.weights = [Self.group("blue"): 90, Self.group("green"): 10]
        to.home = Self.group("blue")
        let change = Change(
            kind: "elb.weights",
            parameters: Self.asked(["weight": 10]),
            from: from.image,
            to: to.image,
            token: "t",
            effect: .reconcilable,
            summary: "share out `market:443`"
        )
        let kind = try ListenerWeightsAction(Parameters(change.parameters, of: ListenerWeightsAction.declaration))
        let written = try kind.breakGlass(of: change, step: StepID("shift/w10"), .scripted(ScriptedAWS([])))
        let file = try #require(written)
        #expect(file.name == "shift-w10.sh")
        #expect(
            file.content == #"""
                #!/bin/sh
                # Brings the traffic of `market:443` home: all of it to the side that had it before the shift.
                # Written before step shift/w10: share out `market:443`
                # Needs the AWS CLI and credentials that may make the change; needs neither migrate nor its journal.
                # It sets the listener outright, whatever it forwards to by then.

                aws elbv2 modify-listener --region eu-west-1 --endpoint-url 'http://127.0.0.1:1' --listener-arn \#
                'arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/market/1/2' --default-actions \#
                '[{"ForwardConfig":{"TargetGroupStickinessConfig":{"DurationSeconds":600,"Enabled":true},"TargetGroups":[\#
                {"TargetGroupArn":"arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/blue/1","Weight":100},\#
                {"TargetGroupArn":"arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/green/1","Weight":0}]},\#
                "Type":"forward"}]'

                """#
        )
    }
}
