import MigrateCore
import Testing

@Suite struct PlannerTests {
    @Test func aStepWaitsForTheOneBeforeItInItsPhaseOnly() throws {
        let plan = try Planning.plan(phases: [
            [Planning.probe("a"), Planning.probe("b")], [Planning.probe("c"), Planning.probe("d")],
        ])
        #expect(Planning.needs(plan) == ["a": [], "b": ["a"], "c": [], "d": ["c"]])
    }

    @Test func namedNeedsReplaceTheDefault() throws {
        let plan = try Planning.plan(phases: [
            [Planning.probe("a"), Planning.probe("b", needs: []), Planning.probe("c", needs: ["a", "b", "a"])]
        ])
        #expect(Planning.needs(plan) == ["a": [], "b": [], "c": ["a", "b"]])
    }

    @Test func aStepComesAfterAllThatItNeeds() throws {
        let plan = try Planning.plan(phases: [
            [Planning.probe("a", needs: ["c"]), Planning.probe("b", needs: []), Planning.probe("c", needs: [])]
        ])
        #expect(plan.steps.map(\.id.rawValue) == ["c", "a", "b"])
    }

    @Test func needsOfAnEarlierPhaseStay() throws {
        let plan = try Planning.plan(phases: [[Planning.probe("a")], [Planning.probe("b", needs: ["a"])]])
        #expect(Planning.needs(plan) == ["a": [], "b": ["a"]])
    }

    @Test func whoeverWaitsForAnEmptyLoopWaitsForWhatCameBefore() throws {
        let loop = Planning.probe("b", forEach: ("x", []))
        let plan = try Planning.plan(phases: [[Planning.probe("a"), loop, Planning.probe("c")]])
        #expect(Planning.needs(plan) == ["a": [], "c": ["a"]])
    }

    @Test func itemsRunSideBySideAndAllAreWaitedFor() throws {
        let items: Value = ["x", 1, ["name": "n", "port": 5]]
        let loop = Planning.probe("b", forEach: ("item", items), url: "${item}")
        let plan = try Planning.plan(phases: [[Planning.probe("a"), loop, Planning.probe("c")]])
        #expect(
            Planning.needs(plan) == [
                "a": [], "b[x]": ["a"], "b[1]": ["a"], "b[n]": ["a"], "c": ["b[x]", "b[1]", "b[n]"],
            ]
        )
    }

    @Test func partsWaitForEachOtherAndFollowersForTheLast() throws {
        let plan = try Planning.plan(phases: [[Planning.action("s", kind: "shift"), Planning.probe("c")]])
        #expect(Planning.needs(plan) == ["s/home": [], "s/away": ["s/home"], "s/soak": ["s/away"], "c": ["s/soak"]])
    }

    @Test func whatACompositeSaysGoesToThePartsItIsMeantFor() throws {
        var step = Planning.action("s", kind: "shift")
        let call = StepDeclaration.ProbeCall(
            kind: "http",
            location: Planning.place,
            parameters: SourceValue(["url": "u"])
        )
        step.watch = [call]
        step.verify = [call]
        step.when = MigrateCore.Expression("true", at: nil)
        step.capture = ["kept": MigrateCore.Expression(".change", at: nil)]
        step.isPointOfNoReturn = true
        step.window = "Sat 01:00-05:00 UTC"
        step.retry = RetryPolicy(attempts: 3, patience: nil, interval: .seconds(1), ceiling: .seconds(1))
        let steps = try Planning.plan(phases: [[step]]).steps
        #expect(steps.map { $0.watch.count } == [1, 1, 1])
        #expect(steps.map { $0.verify.count } == [0, 0, 1])
        #expect(steps.map { $0.verify.first?.retry } == [nil, nil, .waiting])
        #expect(steps.map(\.when) == ["true", "true", "true"])
        #expect(steps.map { $0.capture.count } == [0, 0, 1])
        #expect(steps.map(\.isPointOfNoReturn) == [false, true, false])
        #expect(steps.map(\.onFailure) == [.backOut, .backOut, .backOut])
        #expect(steps.map(\.composite) == [StepID("s"), StepID("s"), StepID("s")])
        #expect(steps.map(\.traffic) == [.home, .away, nil])
        #expect(steps.map(\.retry.attempts) == [3, 3, 1])
        #expect(steps.map(\.rollback) == [.captured, .captured, .notNeeded])
        #expect(steps.map { $0.title.text(in: "en") } == ["s: Home", "s: Away", "s: Soak"])
        #expect(steps.map { $0.window ?? "" } == Array(repeating: "Sat 01:00-05:00 UTC", count: 3))
    }

    @Test func aFailureInACompositeWithoutTrafficPauses() throws {
        let plan = try Planning.plan(phases: [[Planning.action("s", kind: "pair")]])
        #expect(plan.steps.map(\.onFailure) == [.pause, .pause])
    }

    @Test(arguments: [
        (StepDeclaration.Rollback?.none, RollbackPlan.captured), (.keep, .keep), (.captured, .captured),
        (.some(.none(reason: "r")), .none(reason: "r")),
    ])
    func theRunbookDecidesOnRollbackBeforeTheKind(said: StepDeclaration.Rollback?, planned: RollbackPlan) throws {
        var step = Planning.action("a", kind: "make")
        step.rollback = said
        #expect(try Planning.plan(phases: [[step]]).steps.map(\.rollback) == [planned])
    }

    @Test func aRollbackByAnotherActionIsFilledIn() throws {
        var step = Planning.action("a", kind: "make")
        step.rollback = .action(
            kind: "make",
            parameters: SourceValue(["name": "${steps.a.id}"]),
            location: Planning.place
        )
        let parameters: Value = ["name": "${steps.a.id}", "size": 1]
        #expect(
            try Planning.plan(phases: [[step]]).steps.map(\.rollback)
                == [.action(ActionCall(kind: "make", parameters: parameters, effect: .reconcilable))]
        )
    }

    @Test func defaultsOfParametersAreFilledInAndNullLeavesThemOut() throws {
        let given: Value = ["name": "n", "size": "${none}"]
        let none = VariableDeclaration(name: "none", location: Planning.place)
        let plan = try Planning.plan(
            variables: [none],
            phases: [[Planning.action("a", kind: "make", with: given)]]
        )
        #expect(
            plan.steps.map(\.work)
                == [.action(ActionCall(kind: "make", parameters: ["name": "n", "size": 1], effect: .reconcilable))]
        )
    }

    @Test func timesAreThoseOfTheRulesUnlessGiven() throws {
        var step = Planning.probe("a")
        let plan = try Planning.plan(phases: [[step]])
        #expect(plan.steps[0].timeout == .seconds(600))
        #expect(plan.steps[0].retry == .once)
        step.timeout = .seconds(5)
        #expect(try Planning.plan(phases: [[step]]).steps[0].timeout == .seconds(5))
    }

    @Test func variablesMayNameEachOtherAndKeepTheirType() throws {
        let variables = [
            Planning.variable("all", ["${host}", "${port}"]), Planning.variable("host", "h"),
            Planning.variable("port", 80), Planning.variable("text", "$${x}"),
        ]
        let plan = try Planning.plan(variables: variables, phases: [[Planning.probe("a", url: "${text}")]])
        #expect(plan.variables == ["all": ["h", 80], "host": "h", "port": 80, "text": "${x}"])
        #expect(plan.steps[0].work == .probe(ProbeCall(kind: "http", parameters: ["url": "$${x}"])))
    }

    @Test func aNumberGivenForAPatternIsItsText() throws {
        var account = Planning.variable("account", .null)
        account.pattern = "[0-9]*"
        let plan = try Planning.plan(
            variables: [account],
            values: ["account": 123_456_789_012],
            phases: [[Planning.probe("a")]]
        )
        #expect(plan.variables["account"] == "123456789012")
    }

    @Test func theCheckerIsAskedOnceForAllExpressions() throws {
        let checker = CountingChecker()
        var steps = [Planning.probe("a", expect: ".x"), Planning.probe("b", expect: ".x ${late}")]
        steps[0].when = MigrateCore.Expression(".w", at: nil)
        steps[0].capture = ["late": MigrateCore.Expression(".c", at: nil)]
        _ = try Planning.plan(phases: [steps], checker: checker)
        #expect(checker.asked == [[".c", ".x", ".w"]])
    }

    @Test func nothingIsAskedWithoutExpressions() throws {
        let checker = CountingChecker()
        _ = try Planning.plan(phases: [[Planning.probe("a")]], checker: checker)
        #expect(checker.asked.isEmpty)
    }

    @Test func expressionsMayBeMadeOfVariables() throws {
        let checker = CountingChecker()
        var step = Planning.probe("a", expect: ".status == ${port} and .x == \"$${y}\"")
        step.when = MigrateCore.Expression("${flag}", at: nil)
        let plan = try Planning.plan(
            variables: [Planning.variable("port", 80), Planning.variable("flag", true)],
            phases: [[step]],
            checker: checker
        )
        #expect(checker.asked == [[".status == 80 and .x == \"${y}\"", "true"]])
        #expect(plan.steps[0].when == "true")
    }

    @Test func oneNameMayBeAProbeAndAnAction() throws {
        let plan = try Planning.plan(phases: [
            [Planning.action("a", kind: "thing", with: [:]), Planning.probe("b", kind: "thing", with: [:])]
        ])
        #expect(plan.steps.map(\.work.kindRole) == ["action thing", "probe thing"])
    }
}

extension PlanStep.Work {
    fileprivate var kindRole: String {
        switch self {
        case .probe(let call): "probe \(call.kind)"
        case .action(let call): "action \(call.kind)"
        case .confirm, .manual, .soak: ""
        }
    }
}
