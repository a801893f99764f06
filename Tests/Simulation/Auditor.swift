import MigrateCore

/// Holds everything that a run does against the rules, by means of its own; the first breach ends the simulation.
final class Auditor: @unchecked Sendable {
    // Why unchecked: touched by the scheduler's one thread alone.

    /// First rule that was broken.
    private(set) var violation: String?
    /// What happened, line by line; kept only when somebody will read it.
    private(set) var lines: [String] = []
    /// The run as its journal adds up to, worked out apart from any process.
    var shadow: RunState
    /// Intents that have no end on record, by attempt.
    var open: [Attempt: Intent] = [:]
    /// All intents, in order.
    var intents: [Intent] = []
    /// Order of first starts.
    var firstStarts: [StepID: Int] = [:]
    /// Steps that have been asked to be changed forward, ever.
    var everIntended: Set<StepID> = []
    /// Calls carried out for a step that must not be repeated, since it was last undone or tried again by a person.
    var unrepeatable: [StepID: Int] = [:]
    /// Anchors whose traffic was last to come home; nil for all.
    var goingHome: [StepID]?
    /// Largest lease so far.
    var epoch = 0
    /// Notices that left, and whether they came, by token.
    var notices: [String: Bool] = [:]
    /// Looks before changes, by process and step.
    var looks: [Look: Int] = [:]
    /// Count of looks and edits so far: which came first shows also within one millisecond.
    var moment = 0
    /// Image of a thing, for rules about the world.
    var image: (String) -> Value = { _ in .null }
    /// Whether somebody else's edit stands on a thing.
    var isEdited: (String) -> Bool = { _ in false }
    /// Told of a thing whose end nobody can foretell.
    var cannotForetell: (String) -> Void = { _ in }

    let scheduler: Scheduler
    private let tells: Bool
    private let begin: Timestamp

    /// Who looked at what.
    struct Look: Hashable {
        var process: Int
        var step: StepID
    }

    /// Makes an auditor of the run `header`; with `tells` it keeps the story.
    init(header: RunHeader, scheduler: Scheduler, tells: Bool) {
        shadow = RunState(header: header)
        self.scheduler = scheduler
        self.tells = tells
        begin = scheduler.now
    }

    /// Notes a breach; the first one stands.
    func violated(_ rule: String) {
        story("BROKEN: \(rule)")
        violation = violation ?? rule
    }

    /// Breaks the rule unless it holds.
    func demand(_ holds: Bool, _ rule: @autoclosure () -> String) {
        if !holds { violated(rule()) }
    }

    /// Adds a line to the story.
    func story(_ line: @autoclosure () -> String) {
        guard tells else { return }
        lines.append("\((scheduler.now - begin).shortText)  \(line())")
    }

    /// Takes in what a process made durable.
    func appended(_ entries: [JournalEntry], by process: SimulatedProcess) {
        for entry in entries {
            story("#\(process.number) \(entry.sequence) \(StoryLine.text(of: entry.event))")
            demand(entry.sequence == shadow.sequence + 1, "event \(entry.sequence) follows \(shadow.sequence)")
            switch entry.event {
            case .run(let fact): judge(fact, by: process)
            case .step(let id, let fact): judge(fact, of: id, at: entry.at)
            case .change(let attempt, let fact):
                judge(fact, of: attempt, by: process)
                if case .intended = fact { judgeWindow(of: attempt, at: entry.at) }
            }
            shadow.apply(entry)
        }
    }

    /// Holds the state of a process against what its journal adds up to.
    func told(_ state: RunState, by process: SimulatedProcess) {
        let isSame =
            state.records == shadow.records && state.session == shadow.session && state.lastEnd == shadow.lastEnd
            && state.sequence == shadow.sequence && state.facts == shadow.facts && state.active == shadow.active
            && state.backOut == shadow.backOut && state.gates == shadow.gates && state.stalled == shadow.stalled
            && state.unsureTraffic == shadow.unsureTraffic
            && state.halting == shadow.halting && state.isReleased == shadow.isReleased
            && state.isCanceled == shadow.isCanceled && state.windowEnds == shadow.windowEnds
            && state.startsInSession == shadow.startsInSession
            && state.notices == shadow.notices && state.phasesEnded == shadow.phasesEnded
            && state.lastRequest == shadow.lastRequest
        demand(isSame, "process \(process.number) is in a state that its journal does not add up to")
        // Why not each time: what is compared above is all that effects follow from, and they are dear.
        demand(
            state.sequence % 8 != 0 || RunMachine(state: state).effects == RunMachine(state: shadow).effects,
            "process \(process.number) does what does not follow from its journal"
        )
    }

    /// Holds what a screen shows against what the journal adds up to.
    func shown(_ snapshot: RunSnapshot?) {
        // Why not each time: working out the whole is what the read model is there to save.
        guard shadow.sequence % 8 == 0 else { return }
        var whole = RunLines(of: shadow).snapshot
        whole.holder = snapshot?.holder
        demand(snapshot == whole, "what a screen shows is not what the journal adds up to")
    }

    /// Whether the run has work of its own in the thing `name`, or may have, beside that of one step.
    func owns(_ name: String, beside other: StepID? = nil) -> Bool {
        steps(on: name).contains { $0.id != other && shadow.record(of: $0.id)?.owned != nil }
    }

    /// Steps that work on the thing `name`.
    func steps(on name: String) -> [PlanStep] {
        shadow.plan.steps.filter { step in
            if case .action(let call) = step.work { call.parameters["name"].interpolated == name } else { false }
        }
    }
}

/// One event in a few words.
enum StoryLine {
    /// Words for `event`.
    static func text(of event: RunEvent) -> String {
        switch event {
        case .change(let attempt, .intended(let change, let epoch)):
            "\(name(attempt)) intended under \(epoch): \(change.summary), \(change.from.text) → \(change.to.text)"
        case .change(let attempt, let fact): "\(name(attempt)) \(short(fact))"
        case .step(let id, let fact): "\(id) \(short(fact))"
        case .run(let fact): short(fact)
        }
    }

    private static func name(_ attempt: Attempt) -> String {
        "\(attempt.step) \(attempt.direction) \(attempt.number)"
    }

    private static func short(_ fact: some Any) -> String {
        var text = "\(fact)"
        for noise in ["MigrateCore.", "StepID(rawValue: ", "PhaseID(rawValue: "] {
            text = text.split(separator: noise, omittingEmptySubsequences: false).joined()
        }
        return text.count > 300 ? text.prefix(300) + "…" : text
    }
}
