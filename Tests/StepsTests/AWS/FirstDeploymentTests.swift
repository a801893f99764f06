import MigrateCore
import Testing

@testable import Steps

/// A deployment by CodeDeploy that nothing had succeeded before: what it would be undone from is not there.
@Suite struct FirstDeploymentTests {
    private static let deploy: Value = [
        "application": "market", "group": "order", "app_spec": "version: 0.0", "auto_rollback": true,
    ]

    @Test(arguments: [true, false])
    func aFirstDeploymentIsRefusedBeforeItRunsUnlessTheRunbookHasAWayBack(isUndoneFromRecord: Bool) async throws {
        let aws = ScriptedAWS([.json("ListDeployments", returns: ["deployments": []])])
        var scope = StepScope(step: StepID("order"), token: "t")
        scope.isUndoneFromRecord = isUndoneFromRecord
        let call = ActionCall(
            kind: "codedeploy.deploy",
            parameters: Self.deploy,
            effect: .reconcilable
        )
        let answer = await LiveStepExecutor(world: .scripted(aws)).prepare(call, in: scope).answer
        switch answer {
        case .refused(let problem):
            #expect(isUndoneFromRecord)
            #expect(problem.message.contains("no deployment of group `order` of `market` has succeeded yet"))
            #expect(problem.hint?.contains("`rollback`") == true)
        case .change: #expect(!isUndoneFromRecord)
        case .alreadySatisfied, .conflict, .unknown: Issue.record("\(answer)")
        }
        #expect(aws.isOver)
    }

    @Test func aDeploymentWithSomethingToGoBackToIsMade() throws {
        let kind = try CodeDeployAction(Parameters(Self.deploy, of: CodeDeployAction.declaration))
        try kind.checkWayBack(to: ["previous": "d-0"])
    }
}
