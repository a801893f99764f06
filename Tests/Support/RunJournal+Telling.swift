import MigrateCore

extension RunJournal {
    /// Appends `events` with the standing that their replay leads to, for tests that have no machine at work.
    ///
    /// Throws: what the journal throws.
    public func append(
        _ events: [JournalEntry],
        evidence: [StepEvidence],
        to run: Int,
        under lease: Lease
    ) throws {
        let known = try latestRun()
        // Why an empty plan: a run that was never begun must be refused by the journal, not here.
        let plan = Plan(runbook: "", environment: "", title: LocalizedText(""), phases: [], steps: [])
        let unknown = RunHeader(
            number: run,
            plan: plan,
            digest: "",
            source: "",
            initiator: "",
            startedAt: Timestamp(milliseconds: 0),
            toolVersion: ""
        )
        let earlier = known == nil ? [] : try self.events(of: run)
        var state = RunState.replay(known ?? unknown, entries: earlier + events)
        try append(events, evidence: evidence, standing: state.takeStanding(), to: run, under: lease)
    }
}
