import MigrateCore

/// Sends one notice: looks once, makes one call, and asks for nothing more.
struct NoticeTeller: Sendable {
    let executor: any StepExecutor
    let clock: any RunClock

    /// What came of it.
    struct Outcome: Sendable {
        var fate: NoticeFate
        var evidence: [Evidence]
    }

    /// Sends the notice on `record` within `limit`, with what `scope` knows; nil when it was cancelled.
    ///
    /// Rule: called only once the intent is durable, and once for each. Why: a notice cannot be looked for, so the
    /// record is all that keeps it from being told twice.
    func tell(_ call: ActionCall, within limit: Duration, in scope: StepScope) async -> Outcome? {
        let began = clock.now()
        do {
            guard let look = try await finding(within: limit, { await executor.prepare(call, in: scope) }) else {
                return Outcome(fate: .refused(Self.late(limit)), evidence: [])
            }
            let change: Change
            switch look.answer {
            case .change(let found): change = found
            case .alreadySatisfied: return Outcome(fate: .sent, evidence: look.evidence)
            case .refused(let problem), .unknown(let problem):
                return Outcome(fate: .refused(problem), evidence: look.evidence)
            case .conflict:
                return Outcome(fate: .refused(Problem("somebody else's is in the way")), evidence: look.evidence)
            }
            let left = max(.zero, limit - (clock.now() - began))
            let answer = try await finding(within: left) {
                await executor.perform(change, in: scope, programs: Self.noPrograms)
            }
            let evidence = look.evidence + (answer?.evidence ?? [])
            return Outcome(fate: answer.map { Self.fate($0.answer) } ?? .unknown(Self.late(limit)), evidence: evidence)
        } catch {
            // Why nothing else: executors answer instead of throwing, so that only cancellation comes this way.
            return nil
        }
    }

    private static func late(_ limit: Duration) -> Problem {
        Problem(
            "no answer within \(limit.shortText)",
            hint: "raise the notice's `timeout` if it is known to take longer"
        )
    }

    private static func fate(_ outcome: PerformOutcome) -> NoticeFate {
        switch outcome {
        case .applied: .sent
        case .notApplied(let problem, _): .refused(problem)
        case .unknown(let problem), .unclear(let problem): .unknown(problem)
        case .notBegun: .refused(Problem("it was not begun"))
        }
    }

    /// Kinds that carry notices run no programs.
    private static var noPrograms: ProgramLedger {
        ProgramLedger(tell: { _ in }, record: { _ in throw ProgramNotRecorded() })
    }

    /// What `stage` finds; nil when it took longer than `limit`.
    ///
    /// Throws: `CancellationError`.
    private func finding<Answer>(
        within limit: Duration,
        _ stage: @escaping @Sendable () async -> Finding<Answer>
    ) async throws -> Finding<Answer>? {
        let finding: Finding<Answer>? = try await race {
            await stage()
        } against: { [clock] in
            try await clock.sleep(for: limit)
            return nil
        }
        try Task.checkCancellation()
        return finding
    }
}
