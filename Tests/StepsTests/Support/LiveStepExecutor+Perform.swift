import MigrateCore
import Steps

extension LiveStepExecutor {
    /// Makes `change` where no program has to be put on record.
    func perform(_ change: Change, in scope: StepScope) async -> Finding<PerformOutcome> {
        await perform(change, in: scope, programs: ProgramLedger(tell: { _ in }, record: { _ in }))
    }
}
