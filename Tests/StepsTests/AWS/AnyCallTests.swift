import MigrateCore
import Testing

@testable import Steps

/// Operations that a runbook names by itself.
@Suite struct AnyCallTests {
    private static func world(_ script: [ScriptedAWS.Call]) -> World {
        var world = World.scripted(ScriptedAWS(script))
        world.expressions = JqEvaluator()
        return world
    }

    private func read(_ more: [String: Value], _ script: [ScriptedAWS.Call]) async -> ProbeAnswer {
        let given: [String: Value] = ["service": "ecs", "operation": "ListClusters"]
        return await LiveStepExecutor(world: Self.world(script)).probe(
            ProbeCall(kind: "aws.read", parameters: .object(given.merging(more) { $1 })),
            in: StepScope(step: StepID("s"))
        ).answer
    }

    @Test func theListsOfAllPagesAreOne() async {
        let answer = await read(
            ["expect": ".clusterArns | length == 3"],
            [
                .json("ListClusters", [:], returns: ["clusterArns": ["a", "b"], "nextToken": "t"]),
                .json("ListClusters", ["nextToken": "t"], returns: ["clusterArns": ["c"]]),
            ]
        )
        #expect(answer.verdict.isPass)
        #expect(answer.captures["pages"] == 2)
    }

    @Test func aPageThatComesTwiceEndsTheAsking() async {
        let page = ScriptedAWS.Call.json("ListClusters", returns: ["clusterArns": [], "nextToken": "t"])
        #expect(await read([:], [page, page]).verdict.word == "error")
    }

    @Test func xmlIsAskedLikeJSON() async {
        let given: [String: Value] = [
            "service": "elbv2", "operation": "DescribeTargetGroups",
            "expect": #".TargetGroups[0].TargetGroupName == "a" and (.TargetGroups | length) == 2"#,
        ]
        let members =
            "<TargetGroups><member><TargetGroupName>a</TargetGroupName></member>"
            + "<member><TargetGroupName>b</TargetGroupName></member></TargetGroups>"
        let answer = await read(given, [.query("DescribeTargetGroups", returns: members)])
        #expect(answer.verdict.isPass)
    }

    @Test func whatIsNotThereFailsAndEndsOnlyWhenToldSo() async {
        let gone = ScriptedAWS.Call.json("ListClusters", fails: "ClusterNotFoundException")
        #expect(await read(["absent": ["ClusterNotFoundException"]], [gone]).verdict.word == "fail")
        #expect(await read([:], [gone]).verdict.word == "error")
        let inactive = ScriptedAWS.Call.json("ListClusters", returns: ["status": "INACTIVE"])
        let answer = await read(["fail_when": #".status == "INACTIVE""#, "expect": ".ok"], [inactive])
        #expect(answer.verdict.word == "fail" && answer.isFinal)
    }

    @Test func whatMayChangeSomethingIsNoProbe() async {
        #expect(await read(["operation": "UpdateCluster"], []).verdict.word == "error")
        #expect(await read(["service": "s3"], []).verdict.word == "error")
    }

    @Test func answersOfOperationsThatHandOutSecretsAreNotKept() async throws {
        let finding = await LiveStepExecutor(
            world: Self.world([.json("GetSecretValue", returns: ["SecretString": "hunter2-hunter2"])])
        ).probe(
            ProbeCall(
                kind: "aws.read",
                parameters: ["service": "secretsmanager", "operation": "GetSecretValue", "expect": "true"]
            ),
            in: StepScope(step: StepID("s"))
        )
        #expect(!finding.evidence.contains { $0.facts.text.contains("hunter2") })
    }

    static let parameters: Value = [
        "service": "ecs", "operation": "UpdateClusterSettings",
        "parameters": ["cluster": "lgtm", "settings": [["name": "containerInsights", "value": "enabled"]]],
        "observe": [
            "operation": "DescribeClusters", "parameters": ["clusters": ["lgtm"]], "select": ".clusters[0].settings",
        ],
        "wanted": [["name": "containerInsights", "value": "enabled"]],
        "undo": [
            "operation": "UpdateClusterSettings", "parameters": ["cluster": "lgtm"], "select": "{settings: .before}",
        ],
        "keep": ".cluster.clusterName",
    ]

    private static func settings(_ value: String) -> Value { [["name": "containerInsights", "value": .string(value)]] }

    private static func look(_ value: String) -> ScriptedAWS.Call {
        .json("DescribeClusters", ["clusters": ["lgtm"]], returns: ["clusters": [["settings": settings(value)]]])
    }

    private static func update(_ value: String) -> ScriptedAWS.Call {
        .json(
            "UpdateClusterSettings",
            ["cluster": "lgtm", "settings": settings(value)],
            returns: ["cluster": ["clusterName": "lgtm"]]
        )
    }

    private func change(_ executor: LiveStepExecutor, _ parameters: Value) async -> Preparation {
        await executor.prepare(
            ActionCall(kind: "aws.call", parameters: parameters, effect: .reconcilable),
            in: StepScope(step: StepID("s"), token: "t")
        ).answer
    }

    @Test func aCallIsMadeFromTheRunbooksLookAndTakenBackFromIt() async throws {
        let script = [
            Self.look("disabled"), Self.update("enabled"), Self.look("enabled"), Self.look("enabled"),
            Self.update("disabled"), Self.look("disabled"),
        ]
        let executor = LiveStepExecutor(world: Self.world(script))
        let scope = StepScope(step: StepID("s"), token: "t")
        guard case .change(let change) = await change(executor, Self.parameters) else {
            Issue.record("no change")
            return
        }
        guard case .applied(let receipt) = await executor.perform(change, in: scope).answer else {
            Issue.record("not applied")
            return
        }
        guard case .settled(let after, let facts) = await executor.settle(change, receipt: receipt, in: scope).answer
        else {
            Issue.record("not settled")
            return
        }
        #expect(facts["result"] == "lgtm")
        let way = await executor.prepareReturn(of: change, acceptable: [after], target: change.from, in: scope).answer
        guard case .change(let back) = way else {
            Issue.record("no way back: \(way)")
            return
        }
        guard case .applied = await executor.perform(back, in: scope).answer else {
            Issue.record("not taken back")
            return
        }
        guard case .settled(let home, _) = await executor.settle(back, receipt: .null, in: scope).answer else {
            Issue.record("not back")
            return
        }
        #expect(home["seen"] == change.from["seen"])
    }

    @Test func whatIsAsWantedIsNotCalled() async {
        let executor = LiveStepExecutor(world: Self.world([Self.look("enabled")]))
        guard case .alreadySatisfied = await change(executor, Self.parameters) else {
            Issue.record("a change")
            return
        }
    }

    @Test func withoutALookAnUnknownOutcomeIsForAPerson() async {
        let bare: Value = ["service": "ecs", "operation": "PutAccountSetting", "undo": [:]]
        let executor = LiveStepExecutor(world: Self.world([]))
        guard case .change(let change) = await change(executor, bare) else {
            Issue.record("no change")
            return
        }
        guard case .unclear = await executor.reconcile(change, in: StepScope(step: StepID("s"), token: "t")).answer
        else {
            Issue.record("not unclear")
            return
        }
    }
}
