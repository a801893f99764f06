import MigrateCore

/// Asks the probes of every executed step again: drift detection.
public struct Verifier: Sendable {
    private let executor: any StepExecutor
    private let clock: any RunClock

    /// Makes a verifier.
    public init(executor: any StepExecutor, clock: any RunClock) {
        self.executor = executor
        self.clock = clock
    }

    /// Findings for every step that is over and good, in plan order.
    ///
    /// What this run made must be as it left it; what it found must still be as wanted. Parts that move traffic are
    /// left to the last of them, since each undoes what the one before it left.
    public func verify(_ state: RunState) async -> [StepVerification] {
        let steps = state.plan.steps.filter { step in
            let reached = state.record(of: step.id)?.state
            return (reached == .succeeded || reached == .alreadySatisfied) && isLasting(step, in: state)
        }
        return await withTaskGroup(of: (Int, StepVerification).self) { group in
            var findings: [(Int, StepVerification)] = []
            for (index, step) in steps.enumerated() {
                if index >= Self.width, let finding = await group.next() { findings.append(finding) }
                group.addTask { (index, StepVerification(step: step.id, verdict: await verdict(of: step, in: state))) }
            }
            for await finding in group { findings.append(finding) }
            return findings.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Steps asked at once.
    private static let width = 8

    private func isLasting(_ step: PlanStep, in state: RunState) -> Bool {
        switch step.work {
        case .confirm, .manual, .soak: return false
        case .probe: return step.composite == nil
        case .action(let call):
            guard call.effect != .nonIdempotent || !step.verify.isEmpty else { return false }
            guard let composite = step.composite else { return true }
            let moves = state.plan.steps.filter { $0.composite == composite && $0.isInShift }
            return moves.isEmpty || moves.last?.id == step.id
        }
    }

    private func verdict(of step: PlanStep, in state: RunState) async -> Verdict {
        let scope = state.scope(of: step.id)
        switch step.work {
        case .confirm, .manual, .soak: return .pass("nothing to ask")
        case .probe(let call): return await executor.probe(call, in: scope).answer.verdict
        case .action(let call):
            if let drift = await drift(of: step, call, in: state) { return drift }
            for probe in step.verify where !probe.isAdvisory {
                let verdict = await executor.probe(probe, in: scope).answer.verdict
                if !verdict.isPass { return verdict }
            }
            return .pass("as this run left it")
        }
    }

    /// How the world differs from what the step left or found; nil when it does not.
    private func drift(of step: PlanStep, _ call: ActionCall, in state: RunState) async -> Verdict? {
        let scope = state.scope(of: step.id)
        guard let owned = state.record(of: step.id)?.owned else {
            switch await executor.prepare(call, in: scope).answer {
            case .alreadySatisfied: return nil
            case .change(let change): return .fail("no longer as wanted; would \(change.summary)")
            case .refused(let problem): return .fail(problem.message)
            case .conflict(let expected, let found): return .fail("expected \(expected.words), found \(found.words)")
            case .unknown(let problem): return .error(problem)
            }
        }
        guard call.effect != .nonIdempotent else { return nil }
        // Why not by preparing again: a plan or a build is never "already made", but its result can be looked at.
        let attempt = Attempt(step: step.id, direction: .back, number: 1)
        let finding = await executor.prepareReturn(
            of: owned.change,
            acceptable: state.acceptableImages(for: attempt),
            target: owned.before,
            in: scope
        )
        switch finding.answer {
        case .change: return nil
        case .alreadyThere(let seen): return .fail("gone back to what it was before: \(seen)")
        case .conflict(let expected, let found, _): return .fail("expected \(expected.words), found \(found.words)")
        case .unknown(let problem): return .error(problem)
        }
    }
}
