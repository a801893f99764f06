import MigrateCore

/// Carries out one effect to its end: asks, waits, asks again, within the limits that the plan sets.
struct EffectWorker: Sendable {
    let executor: any StepExecutor
    let clock: any RunClock
    /// Hash of a value's canonical text, in hexadecimal.
    let digest: @Sendable (Value) -> String
    let progress: @Sendable (RunProgress) -> Void

    struct Outcome: Sendable {
        var answer: EffectAnswer
        var evidence: [StagedEvidence]
    }

    /// Time for a request that was in flight when its process died to arrive, before the world is asked about it.
    ///
    /// Why 30 s: the limit of one API call; a request cannot be accepted later than its caller would have waited.
    static let requestLifetime: Duration = .seconds(30)

    /// Outcome of `effect`; nil when it was cancelled.
    ///
    func carryOut(
        _ effect: RunEffect,
        of state: RunState,
        permit: CallPermit
    ) async -> Outcome? {
        do {
            let outcome = try await outcome(of: effect, in: state, permit: permit)
            try Task.checkCancellation()
            return outcome
        } catch {
            // Why nothing else: executors answer instead of throwing, so that only cancellation comes this way.
            return nil
        }
    }

    private func outcome(
        of effect: RunEffect,
        in state: RunState,
        permit: CallPermit
    ) async throws -> Outcome {
        switch effect {
        case .condition(let id, _):
            let finding = await executor.evaluate(
                condition: state.step(id)?.when ?? "true",
                in: state.scope(of: id)
            )
            return Outcome(answer: .condition(finding.answer), evidence: staged(finding.evidence, id, "condition"))
        case .probe(let id, let attempt): return try await probe(id, attempt: attempt, in: state)
        case .verify(let id, _): return try await verify(id, in: state)
        case .soak(let id, _, let until): return try await soak(id, until: until, in: state)
        case .watch(let id, _): return try await watch(id, in: state)
        case .deadline(_, _, let until), .phaseDeadline(_, let until):
            try await sleep(until: until)
            return Outcome(answer: .timeUp, evidence: [])
        case .survey(let id, _, _): return try await survey(id, in: state)
        case .prepare(let attempt): return try await prepare(attempt, in: state)
        case .perform(let attempt): return try await perform(attempt, in: state, permit: permit)
        case .reconcile(let attempt): return try await reconcile(attempt, in: state)
        case .settle(let attempt): return try await settle(attempt, in: state)
        case .requirement(let phase, let after):
            if let after { try await sleep(until: after) }
            return await requirement(of: phase, in: state)
        }
    }

    func staged(_ evidence: [Evidence], _ id: StepID?, _ stage: String) -> [StagedEvidence] {
        evidence.map { StagedEvidence(step: id, stage: stage, evidence: $0) }
    }

    func sleep(until time: Timestamp) async throws {
        let left = time - clock.now()
        if left > .zero { try await clock.sleep(for: left) }
    }

    private func probe(_ id: StepID, attempt: Int, in state: RunState) async throws -> Outcome {
        guard let step = state.step(id), case .probe(let call) = step.work else {
            preconditionFailure("step \(id) is no probe")
        }
        let patience = call.retry == .once ? step.retry : call.retry
        let finding = try await poller(of: state).ask(
            call,
            retry: patience,
            in: state.scope(of: id, attempt: attempt),
            tell: { progress(.note(id, $0)) }
        )
        return Outcome(answer: .probe(finding.answer), evidence: staged(finding.evidence, id, "probe"))
    }

    func poller(of state: RunState) -> Poller {
        Poller(executor: executor, clock: clock, timeScale: state.scale)
    }

    /// All probes beside a step at once; the first that does not pass, in their order, decides.
    private func verify(_ id: StepID, in state: RunState) async throws -> Outcome {
        guard let step = state.step(id) else { preconditionFailure("step \(id) is not in the plan") }
        let poller = poller(of: state)
        let scope = state.scope(of: id)
        var findings: [Int: Finding<ProbeAnswer>] = [:]
        try await withThrowingTaskGroup(of: (Int, Finding<ProbeAnswer>).self) { group in
            for (index, call) in step.verify.enumerated() {
                group.addTask {
                    let finding = try await poller.ask(
                        call,
                        retry: call.retry,
                        in: scope,
                        tell: { progress(.note(id, $0)) }
                    )
                    return (index, finding)
                }
            }
            for try await (index, finding) in group { findings[index] = finding }
        }
        let ordered = step.verify.indices.compactMap { index in findings[index].map { (step.verify[index], $0) } }
        let decisive = ordered.first { !$0.0.isAdvisory && !$0.1.answer.verdict.isPass }?.1
        let answer = decisive?.answer ?? ProbeAnswer(.pass("\(ordered.count) verified"))
        return Outcome(answer: .probe(answer), evidence: staged(ordered.flatMap(\.1.evidence), id, "verify"))
    }

    private func requirement(of phase: PhaseID, in state: RunState) async -> Outcome {
        guard let declared = state.plan.phases.first(where: { $0.id == phase }) else {
            preconditionFailure("phase \(phase) is not in the plan")
        }
        var finding = GateFinding()
        if declared.requirement.rollbackReady {
            finding.unready = await ReadinessChecker(executor: executor).check(state).filter(\.blocks)
        }
        if declared.requirement.verifiedWithin != nil {
            let checks = await Verifier(executor: executor, clock: clock).verify(state)
            // Why not its own: a phase that goes on in its middle has changed what its first probes saw.
            for check in checks where state.step(check.step)?.phase != phase {
                finding.drifted[check.step] = check.verdict.failure?.problem
            }
        }
        let evidence = Evidence(
            subject: "requirement of \(phase)",
            summary: finding.problem ?? "holds",
            at: clock.now()
        )
        return Outcome(
            answer: .requirement(finding),
            evidence: staged([evidence], nil, "requirement")
        )
    }
}
