import MigrateCore

/// Asks one probe until it passes, its answer is final, or its time is over.
struct Poller: Sendable {
    let executor: any StepExecutor
    let clock: any RunClock
    let timeScale: Int

    /// Tries for a probe that gives no answer at all, when it is not waiting for one anyway.
    ///
    /// Source: defaults of reads: 5 attempts, base 1 s, at most 20 s.
    static let errorRetry = RetryPolicy(attempts: 5, patience: nil, interval: .seconds(1), ceiling: .seconds(20))

    /// Last finding; `tell` gets a line before each further try.
    func ask(
        _ call: ProbeCall,
        retry: RetryPolicy,
        in scope: StepScope,
        tell: @Sendable (String) -> Void
    ) async throws -> Finding<ProbeAnswer> {
        let began = clock.now()
        var tries = 0
        while true {
            let finding = await executor.probe(call, in: scope)
            try Task.checkCancellation()
            tries += 1
            if finding.answer.verdict.isPass || finding.answer.isFinal { return finding }
            let elapsed = (clock.now() - began) * timeScale
            var delay = retry.delay(afterTry: tries, elapsed: elapsed)
            if delay == nil, case .error = finding.answer.verdict, retry.patience == nil {
                delay = Self.errorRetry.delay(afterTry: tries, elapsed: elapsed)
            }
            guard let delay else { return finding }
            tell("\(finding.answer.verdict.word): \(finding.answer.verdict.summary); asking again")
            try await clock.sleep(for: delay / timeScale)
        }
    }
}
