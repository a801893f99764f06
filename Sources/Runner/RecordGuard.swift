import MigrateCore

/// Looks whether what a shift changes is still as this run left it, while traffic is away.
///
/// Why in every round: an edit by somebody else moves traffic that nobody watches, and the next part may be a quarter of
/// an hour away.
struct RecordGuard: Sendable {
    /// Judges the looks over time.
    var judge: WatchJudge

    private let executor: any StepExecutor
    private let look: OwnedChange
    private let left: Value
    private let scope: StepScope
    /// Whether a return of traffic follows, which finds the same and shows all versions.
    private let isShownLater: Bool

    /// Makes the guard of the soak `id`; nil when it watches over nothing of this run's.
    init?(of id: StepID, worker: EffectWorker, state: RunState) {
        guard let guarded = state.imageGuarded(during: id) else { return nil }
        judge = WatchJudge(holdLimit: EffectWorker.holdLimit / state.scale)
        executor = worker.executor
        look = guarded.look
        left = guarded.left
        scope = state.scope(of: guarded.anchor, direction: .home)
        isShownLater = state.step(id)?.onFailure == .backOut && !state.isPastReturn
    }

    /// Looks once: fails when something else is there than was left.
    func look() async -> Finding<Verdict> {
        let finding = await executor.prepareReturn(of: look.change, acceptable: [left], target: left, in: scope)
        switch finding.answer {
        case .alreadyThere: return Finding(.pass("as this run left it"), evidence: finding.evidence)
        case .change(let change): return Finding(.fail(words(change.from)), evidence: finding.evidence)
        case .conflict(_, let found, _): return Finding(.fail(words(found)), evidence: finding.evidence)
        case .unknown(let problem): return Finding(.error(problem), evidence: finding.evidence)
        }
    }

    private func words(_ found: Value) -> String {
        let fact = "somebody else changed what this run left"
        return isShownLater ? fact : "\(fact): ours: \(left.words). theirs: \(found.words)"
    }
}
