import MigrateCore

/// Steps that change nothing and answer at once, so that only the engine and its journal are measured.
struct NoOperation: StepExecutor {
    func probe(_ call: ProbeCall, in scope: StepScope) async -> Finding<ProbeAnswer> {
        Finding(ProbeAnswer(.pass("fine")))
    }

    func prepare(_ call: ActionCall, in scope: StepScope) async -> Finding<Preparation> {
        Finding(
            .change(
                Change(
                    kind: call.kind,
                    parameters: call.parameters,
                    from: .null,
                    to: call.parameters,
                    token: scope.token,
                    effect: call.effect,
                    summary: "make \(call.parameters["name"].interpolated)"
                )
            )
        )
    }

    func perform(_ change: Change, in scope: StepScope, programs: ProgramLedger) async -> Finding<PerformOutcome> {
        Finding(.applied(receipt: ["request": "r-1"]))
    }

    func forget(_ program: ChildProgram) async -> Problem? { nil }

    func settle(_ change: Change, receipt: Value, in scope: StepScope) async -> Finding<Settlement> {
        Finding(.settled(after: change.to, captures: ["arn": .string("arn:thing:\(scope.step)")]))
    }

    func reconcile(_ change: Change, in scope: StepScope) async -> Finding<Reconciliation> {
        Finding(.applied(receipt: .null))
    }

    func prepareReturn(
        of change: Change,
        acceptable: [Value],
        target: Value,
        in scope: StepScope
    ) async -> Finding<ReturnPreparation> { Finding(.alreadyThere("never made")) }

    func evaluate(condition expression: String, in scope: StepScope) async -> Finding<Verdict> {
        Finding(.pass("holds"))
    }
}

/// Real time.
struct BenchClock: RunClock {
    func now() -> Timestamp {
        let now = ContinuousClock.now
        return Workload.noon + (now - Self.start)
    }
    func offset(of zone: String, at time: Timestamp) -> Duration? { nil }
    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }

    private static let start = ContinuousClock.now
}
