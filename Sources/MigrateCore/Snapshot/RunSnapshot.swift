/// Everything a screen, a report or a board shows of a run at one moment; a plain value, made from the journal alone.
public struct RunSnapshot: Sendable, Hashable, Codable {
    /// How the run stands, in one word.
    public enum Status: String, Sendable, Codable, CaseIterable {
        case pending
        case inProgress = "in_progress"
        case waiting
        case paused
        /// Given up for good; what it did can still be undone.
        case canceled
        case succeeded
        case succeededWithExceptions = "succeeded_with_exceptions"
        case rollingBack = "rolling_back"
        case rolledBack = "rolled_back"
        case rollbackFailed = "rollback_failed"
        /// A process held the lease and is gone without a word; `run` goes on from there.
        case interrupted
    }

    /// What became of the process that holds the lease and is not at work any more.
    public enum HolderLoss: String, Sendable, Codable {
        /// It is not running: it was on this machine, where that is certain.
        case gone
        /// It has let its lease run out; on another machine, so that more cannot be seen.
        case silent
    }

    /// Runbook's name.
    public var runbook: String
    /// Environment's name.
    public var environment: String
    /// Runbook's title.
    public var title: LocalizedText
    /// Number of the run in its journal; 0 when nothing has run.
    public var run: Int
    /// How it stands.
    public var status: Status
    /// Whether a process carries it on and has not put it down, as far as the record goes.
    public var isSessionOpen: Bool
    /// Why it waits, when paused.
    public var pause: PauseReason?
    /// How the last session ended; nil while one is open and before the first.
    public var end: SessionEnd?
    /// Who began it.
    public var initiator: String
    /// When it began.
    public var startedAt: Timestamp?
    /// When the last event was written.
    public var changedAt: Timestamp?
    /// Number of events.
    public var events: Int
    /// What every wait is divided by; shown whenever it is not 1.
    public var timeScale: Int
    /// Who holds the lease now, if anybody.
    public var holder: LeaseRecord?
    /// What became of it; nil while it may be at work, and where nobody has looked.
    public var holderLoss: HolderLoss?
    /// What people were told, or could not be told; nil when no notice was due.
    public var notices: [NoticeRecord]?
    /// Phases in order.
    public var phases: [PhaseSnapshot]

    /// Makes a snapshot.
    public init(
        runbook: String,
        environment: String,
        title: LocalizedText,
        run: Int,
        status: Status,
        initiator: String,
        phases: [PhaseSnapshot]
    ) {
        self.runbook = runbook
        self.environment = environment
        self.title = title
        self.run = run
        self.status = status
        self.initiator = initiator
        self.phases = phases
        isSessionOpen = false
        events = 0
        timeScale = 1
    }

    /// Parts of the world left as they are on purpose after a rollback.
    public var kept: [StepID] { steps { $0.state == StepState.kept.word } }

    /// Steps left out because this machine lacks a program; a rehearsal lists them.
    public var notExercised: [StepID] {
        steps { $0.state == StepState.skipped(reason: "").word && $0.note?.hasPrefix(Self.notExercisedPrefix) ?? false }
    }

    /// How the reason of a step begins that was left out because this machine lacks a program.
    public static let notExercisedPrefix = "not exercised"

    private func steps(where condition: (StepSnapshot) -> Bool) -> [StepID] {
        phases.flatMap { $0.steps.filter(condition).map(\.id) }
    }
}

/// A phase at one moment.
public struct PhaseSnapshot: Sendable, Hashable, Codable {
    /// Name.
    public var id: PhaseID
    /// Title.
    public var title: LocalizedText
    /// Time the plan allows for it.
    public var planned: Duration?
    /// When its first step started.
    public var startedAt: Timestamp?
    /// When its last step ended; nil while steps are left.
    public var endedAt: Timestamp?
    /// Whether every step is passed.
    public var isPassed: Bool
    /// Steps in order.
    public var steps: [StepSnapshot]

    /// Makes the snapshot of a phase whose steps stand as `steps` say.
    public init(id: PhaseID, title: LocalizedText, planned: Duration?, steps: [StepSnapshot]) {
        self.id = id
        self.title = title
        self.planned = planned
        self.steps = steps
        isPassed = steps.allSatisfy(\.isPassed)
        startedAt = steps.lazy.compactMap(\.startedAt).min()
        endedAt = isPassed ? steps.lazy.compactMap(\.endedAt).max() : nil
    }
}

/// A step at one moment.
public struct StepSnapshot: Sendable, Hashable, Codable {
    /// Id.
    public var id: StepID
    /// Title.
    public var title: LocalizedText
    /// Kind, or `confirm`, `manual`, `soak`.
    public var kind: String
    /// Word of its state: one of those that `StepState.word` gives.
    public var state: String
    /// Whether steps that need it may start.
    public var isPassed: Bool
    /// Latest line about it.
    public var note: String?
    /// What is wrong, when something is.
    public var problem: Problem?
    /// Forward tries begun.
    public var attempts: Int
    /// When it started.
    public var startedAt: Timestamp?
    /// When it came to rest.
    public var endedAt: Timestamp?
    /// Until when it waits, when it does.
    public var waitsUntil: Timestamp?
    /// Approval that it is about, for a `confirm`.
    public var approval: String?
    /// Whether this run made something that it can undo.
    public var isOwned: Bool
    /// How it would be undone, one word: `captured`, `keep`, `none`, `action`, `not_needed`.
    public var rollback: String
    /// Composite that it is a part of.
    public var composite: StepID?

    /// Makes a snapshot.
    public init(id: StepID, title: LocalizedText, kind: String, state: String, rollback: String) {
        self.id = id
        self.title = title
        self.kind = kind
        self.state = state
        self.rollback = rollback
        isPassed = false
        attempts = 0
        isOwned = false
    }
}
