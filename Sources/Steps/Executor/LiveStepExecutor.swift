import MigrateCore

/// Carries out the stages of steps with the kinds of the catalog.
public struct LiveStepExecutor: StepExecutor {
    let world: World
    let catalog: @Sendable (String, KindDeclaration.Role) -> (any StepKind.Type)?

    /// Makes an executor whose steps reach the world through `world`.
    public init(world: World) {
        self.init(world: world, catalog: StepCatalog.kind)
    }

    /// Makes an executor with kinds of its own.
    init(world: World, catalog: @escaping @Sendable (String, KindDeclaration.Role) -> (any StepKind.Type)?) {
        self.world = world
        self.catalog = catalog
    }

    /// Asks one probe once.
    public func probe(_ call: ProbeCall, in scope: StepScope) async -> Finding<ProbeAnswer> {
        await finding(in: scope) {
            ProbeAnswer(.error($0))
        } _: { stage in
            let kind = try probeKind(call.kind)
            let parameters = try await stage.parameters(call.parameters, of: kind.declaration, in: scope)
            let observation = try await kind.init(parameters).ask(stage.world)
            observation.evidence.forEach(stage.world.recorder.add)
            let redactor = stage.redactor
            let verdict = redactor.apply(observation.verdict)
            do {
                let captures = try await stage.captures(observation.facts, of: kind.declaration, in: scope)
                return ProbeAnswer(verdict, captures: captures, isFinal: observation.isFinal)
            } catch  where !verdict.isPass {
                // What could not be captured from a bad answer matters less than that it was bad.
                return ProbeAnswer(verdict, isFinal: observation.isFinal)
            }
        }
    }

    /// Looks at the world before an action and works out its change.
    public func prepare(_ call: ActionCall, in scope: StepScope) async -> Finding<Preparation> {
        await finding(in: scope) {
            Preparation.unknown($0)
        } _: { stage in
            do {
                let kind = try actionKind(call.kind)
                let parameters = try await stage.parameters(call.parameters, of: kind.declaration, in: scope)
                let action = try await kind.init(parameters).prepared(stage.world)
                let before: Value
                if let assumed = scope.assumed {
                    before = assumed
                } else {
                    before = try await action.observe(stage.world)
                }
                // Why first: a call of ours that was taken for lost may have come through late, which is no conflict.
                if try action.isSatisfied(by: before) {
                    let captures = try await stage.captures(
                        action.facts(of: before),
                        of: kind.declaration,
                        in: scope
                    )
                    return .alreadySatisfied("already as wanted", captures: captures)
                }
                if let left = scope.left, !action.matches(before, left) {
                    return .conflict(expected: left, found: stage.redactor.apply(before))
                }
                if scope.isUndoneFromRecord { try action.checkWayBack(to: before) }
                let wanted = try action.wanted(over: before)
                try stage.refuseLeaks(in: before, wanted, kind: call.kind)
                var change = Change(
                    kind: call.kind,
                    parameters: stage.keptParameters,
                    from: before,
                    to: wanted,
                    token: scope.token,
                    effect: call.effect,
                    summary: stage.redactor.apply(action.summary(from: before, to: wanted))
                )
                if action.startsProgram(from: before, to: wanted) { change.startsProgram = true }
                return .change(change)
            } catch let refusal as Refusal {
                return .refused(stage.redactor.apply(refusal.problem))
            } catch let error as ParameterError {
                return .refused(stage.redactor.apply(error.problem))
            }
        }
    }

    /// Makes the one mutating call of `change`; before one that moves traffic it writes the way home to a file.
    public func perform(
        _ change: Change,
        in scope: StepScope,
        programs: ProgramLedger
    ) async -> Finding<PerformOutcome> {
        let program = ProgramUse(programs)
        return await finding(in: scope, program: program) {
            // Why: whatever keeps us from hearing how it ended, the program of an earlier process may have done its
            // work.
            program.isOwedAnAnswer ? .unknown($0) : PerformOutcome.notApplied($0, isTransient: false)
        } _: { stage in
            let action = try await stage.action(of: change, kind: actionKind(change.kind), in: scope)
            do {
                if let traffic = action as? any TrafficKind {
                    try await traffic.writeBreakGlass(of: change, step: scope.step, stage.world)
                }
                let receipt = try await action.move(
                    from: change.from,
                    to: change.to,
                    token: change.token,
                    stage.world
                )
                return .applied(receipt: stage.redactor.apply(receipt))
            } catch ProgramLoss.neverBegan {
                return .notBegun
            } catch let known as KnownOutcome {
                return stage.redacted(known.outcome.performed)
            } catch {
                if program.isOwedAnAnswer { return .unknown(stage.redactor.apply(Problem(of: error))) }
                return stage.redacted(CallOutcome(of: error).performed)
            }
        }
    }

    /// Removes what `program` left.
    public func forget(_ program: ChildProgram) async -> Problem? {
        do {
            try await world.supervisor.forget(program)
            return nil
        } catch { return Problem(of: error) }
    }

    /// Asks once whether the outside world has caught up with `change`.
    public func settle(_ change: Change, receipt: Value, in scope: StepScope) async -> Finding<Settlement> {
        await finding(in: scope) {
            Settlement.unknown($0)
        } _: { stage in
            let kind = try actionKind(change.kind)
            let action = try await stage.action(of: change, kind: kind, in: scope)
            switch try await action.settlement(of: change.to, receipt: receipt, stage.world) {
            case .pending(let progress): return .pending(stage.redactor.apply(progress))
            case .failed(let problem): return .failed(stage.redactor.apply(problem))
            case .conflict(let found): return .conflict(found: stage.redactor.apply(found))
            case .settled(let after, let facts):
                try stage.refuseLeaks(in: after, .null, kind: change.kind)
                do {
                    let captures = try await stage.captures(facts, of: kind.declaration, in: scope)
                    return .settled(after: after, captures: captures)
                } catch let failure as CaptureFailure {
                    return .failed(stage.redactor.apply(failure.problem))
                }
            }
        }
    }

    /// Looks where `change` got to.
    public func reconcile(_ change: Change, in scope: StepScope) async -> Finding<Reconciliation> {
        await finding(in: scope) {
            Reconciliation.unknown($0)
        } _: { stage in
            let action = try await stage.action(of: change, kind: actionKind(change.kind), in: scope)
            let result = try await action.reconciliation(from: change.from, to: change.to, stage.world)
            switch result {
            case .unclear(let problem, let found):
                return .unclear(stage.redactor.apply(problem), found: stage.redactor.apply(found))
            case .unknown(let problem): return .unknown(stage.redactor.apply(problem))
            case .applied(let receipt): return .applied(receipt: stage.redactor.apply(receipt))
            case .notApplied: return .notApplied
            case .repeatable: return .repeatable
            }
        }
    }

    /// Looks before undoing `change` and works out the change back to `target`.
    public func prepareReturn(
        of change: Change,
        acceptable: [Value],
        target: Value,
        in scope: StepScope
    ) async -> Finding<ReturnPreparation> {
        await finding(in: scope) {
            ReturnPreparation.unknown($0)
        } _: { stage in
            let action = try await stage.action(of: change, kind: actionKind(change.kind), in: scope)
            let found = try await action.observe(stage.world, believing: acceptable)
            if action.matches(found, target) { return .alreadyThere("already as it was") }
            guard acceptable.contains(where: { action.matches(found, $0) }) else {
                let byHand = try (action as? any TrafficKind)?.byHand(from: found, to: target, stage.world)
                return .conflict(
                    expected: acceptable.first ?? .null,
                    found: stage.redactor.apply(found),
                    byHand: byHand.map(stage.redactor.apply)
                )
            }
            var back = Change(
                kind: change.kind,
                parameters: change.parameters,
                from: found,
                to: target,
                token: scope.token,
                effect: change.effect,
                summary: stage.redactor.apply(action.summary(from: found, to: target))
            )
            if action.startsProgram(from: found, to: target) { back.startsProgram = true }
            return .change(back)
        }
    }

    /// Facts that `change` would make known.
    public func factsAhead(of change: Change, in scope: StepScope) async -> [String: Value] {
        await finding(in: scope) { _ in
            [:]
        } _: { stage in
            try await stage.action(of: change, kind: actionKind(change.kind), in: scope)
                .factsAhead(from: change.from, to: change.to)
        }.answer
    }

    /// The call that `change` would make.
    public func call(of change: Change, in scope: StepScope) async -> CallForecast? {
        await finding(in: scope) { _ in
            nil
        } _: { stage in
            let action = try await stage.action(of: change, kind: actionKind(change.kind), in: scope)
            return try action.call(from: change.from, to: change.to).map(stage.redactor.apply)
        }.answer
    }

    /// Whether jq condition `expression` holds over the facts of `scope`.
    public func evaluate(condition expression: String, in scope: StepScope) async -> Finding<Verdict> {
        Finding(await world.expressions.judge(expression, over: .object(scope.facts), seen: "facts so far"))
    }
}
