import MigrateCore

/// Working out what people are asked to approve.
extension EffectWorker {
    /// Rounds of looking before an approval is shown with steps that could not be asked.
    private static let surveyPolicy = RetryPolicy(
        attempts: 5,
        patience: nil,
        interval: .seconds(1),
        ceiling: .seconds(20)
    )

    func survey(_ id: StepID, in state: RunState) async throws -> Outcome {
        let steps = state.coveredSteps(by: id)
        var tries = 0
        while true {
            let forecasts = await Prechecker(executor: executor).forecast(steps, of: state)
            let costs = await costs(of: steps, in: state)
            try Task.checkCancellation()
            tries += 1
            let isAsked = forecasts.allSatisfy { if case .unknown = $0.outlook { false } else { true } }
            guard !isAsked, let delay = Self.surveyPolicy.delay(afterTry: tries, elapsed: .zero) else {
                return Outcome(
                    answer: .surveyed(subject(steps, forecasts, costs: costs, in: state)),
                    evidence: []
                )
            }
            progress(.note(id, "looking again at what the approval covers"))
            try await clock.sleep(for: delay / state.scale)
        }
    }

    private func subject(
        _ steps: [PlanStep],
        _ forecasts: [StepForecast],
        costs: [String],
        in state: RunState
    ) -> ApprovalSubject {
        // Why: what follows a change finds another world than today's, so nothing can be said of it yet.
        var changing: Set<StepID> = []
        let covered = zip(steps, forecasts).map { step, forecast -> ApprovalSubject.Covered in
            let follows = step.needs.contains { changing.contains($0) }
            let covered = ApprovalSubject.Covered(step, forecast.outlook, follows: follows)
            if follows || !covered.change.isNull { changing.insert(step.id) }
            return covered
        }
        let canonical = ApprovalSubject.canonical(definition: state.definitionDigest, steps: covered)
        return ApprovalSubject(steps: covered, costs: costs, digest: digest(canonical))
    }

    /// What coming back would cost past the points of no return among `steps`, a line each.
    private func costs(of steps: [PlanStep], in state: RunState) async -> [String] {
        var lines: [String] = []
        for step in steps where step.isPointOfNoReturn {
            lines.append("`\(step.id)`: \(step.returnCost?.text(in: "en") ?? "point of no return")")
            for call in step.returnCostProbes ?? [] {
                let verdict = await executor.probe(call, in: state.scope(of: step.id)).answer.verdict
                lines.append("`\(call.kind)`: \(verdict.summary)")
            }
        }
        return lines
    }
}

extension ApprovalSubject.Covered {
    /// What `outlook` says of `step`; `follows` tells that a change comes before it, in whose world it will be done.
    ///
    /// What was found ahead of that change is shown and does not count: people agree to what is to be done, and looking
    /// again behind the change may find otherwise.
    init(_ step: PlanStep, _ outlook: StepForecast.Outlook, follows: Bool) {
        guard follows else {
            self.init(step, outlook)
            return
        }
        let found =
            switch outlook {
            case .over(let word): word
            case .holds(let seen): "now \(seen)"
            // Why another word: the parts of a shift are foretold one upon the other.
            case .change(let change): "\(step.traffic == nil ? "now" : "then") \(change.summary)"
            case .waits(let what): "waits \(what)"
            case .stops(let problem): "now it would stop: \(problem.message)"
            case .unknown(let problem): "now it could not be asked: \(problem.message)"
            case .later: Self.unforeseen(step)
            }
        self.init(step: step.id, outlook: "later", summary: found)
    }

    private static func unforeseen(_ step: PlanStep) -> String {
        "\(step.title.text(in: "en")): depends on what earlier steps find"
    }

    private init(_ step: PlanStep, _ outlook: StepForecast.Outlook) {
        switch outlook {
        case .over(let word): self.init(step: step.id, outlook: "over", summary: word)
        case .holds(let seen): self.init(step: step.id, outlook: "holds", summary: seen)
        case .change(let change):
            self.init(
                step: step.id,
                outlook: "change",
                change: ApprovalSubject.canonical(change),
                summary: change.summary
            )
        case .waits(let what): self.init(step: step.id, outlook: "waits", summary: what)
        case .stops(let problem): self.init(step: step.id, outlook: "stops", summary: problem.message)
        case .unknown(let problem): self.init(step: step.id, outlook: "unknown", summary: problem.message)
        case .later: self.init(step: step.id, outlook: "later", summary: Self.unforeseen(step))
        }
    }
}
