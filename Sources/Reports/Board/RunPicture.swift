import MigrateCore

/// A run as the board and the report show it: made from the journal alone, event by event.
///
/// Shape: `document` is everything; `change(since:)` the parts that differ, so that a page need not be drawn anew.
public struct RunPicture: Sendable {
    private var state: RunState
    private var lines: RunLines
    private var shifts: [ShiftPicture]
    private var deviations: [Deviation] = []
    private var log: [Value] = []
    private var head: String?

    /// Makes the picture of a run of which nothing is told yet; `take` tells.
    public init(header: RunHeader) {
        state = RunState(header: header)
        lines = RunLines(of: state)
        shifts = ShiftPicture.all(in: state.plan)
    }

    /// Number of the last event that was taken in.
    public var sequence: Int { state.sequence }

    /// Number of the run.
    public var run: Int { state.header.number }

    /// State of the run.
    public var runState: RunState { state }

    /// Takes in `entries`, which follow what was taken in, and the hash of the last of them.
    ///
    /// - Returns: what a page must change to show them.
    public mutating func take(_ entries: [JournalEntry], head: String?) -> Change {
        var change = Change()
        let before = lines
        for entry in entries {
            let plan = state.plan
            state.apply(entry)
            // Why all: a revision may bring steps and composites that the picture does not have.
            if case .run(.revised) = entry.event { redraw(&change) }
            for index in shifts.indices { shifts[index].take(entry) }
            if let deviation = Deviation(entry) {
                deviations.append(deviation)
                change.hasDeviations = true
            }
            if let line = Self.line(of: entry, in: plan) {
                log.append(line)
                change.log.append(line)
            }
        }
        self.head = head ?? self.head
        let standing = state.takeStanding()
        lines.take(standing)
        change.steps = standing.steps.keys.filter { !change.isWhole && before.steps[$0] != lines.steps[$0] }.sorted()
        return change
    }

    private mutating func redraw(_ change: inout Change) {
        change.isWhole = true
        lines = RunLines(of: state)
        let known = Dictionary(uniqueKeysWithValues: shifts.map { ($0.step, $0) })
        shifts = ShiftPicture.all(in: state.plan).map { known[$0.step] ?? $0 }
    }

    /// How the run stands.
    public func snapshot(holder: LeaseRecord?, isHolderAlive: Bool) -> RunSnapshot {
        var snapshot = lines.snapshot
        snapshot.holder = holder
        snapshot.see(isHolderAlive: isHolderAlive)
        return snapshot
    }

    /// What is different after a few events.
    public struct Change: Sendable {
        /// Whether everything is to be shown anew.
        public fileprivate(set) var isWhole = false
        fileprivate var steps: [Int] = []
        fileprivate var log: [Value] = []
        fileprivate var hasDeviations = false
    }

    /// A line of the log; `words` has its text in every language where it differs from one to another.
    private static func line(of entry: JournalEntry, in plan: Plan) -> Value? {
        guard let line = EventLine(entry, in: plan, language: .english) else { return nil }
        var members: [String: Value] = [
            "number": .integer(Int64(line.number)), "at": Value(line.at), "step": Value(line.step?.rawValue),
            "text": .string(line.text), "tone": .string(line.toneWord),
        ]
        let text = LocalizedText(ownWords: { EventLine(entry, in: plan, language: $0)?.text ?? line.text })
        if Set(text.texts.values).count > 1 { members["words"] = ["text": Value(text)] }
        return .object(members)
    }
}

/// The picture for a page.
extension RunPicture {
    /// Lines of the log that the board begins with; a page that wants more has the report.
    private static let logShown = 400

    /// All of it; `evidence` and `costs` are the report's, and null on a board.
    public func document(
        of snapshot: RunSnapshot,
        at now: Timestamp,
        whole: Bool = false,
        evidence: Value = .null,
        costs: Value = .null
    ) -> Value {
        [
            "schema": 1,
            "run": run(snapshot, at: now),
            "phases": .array(snapshot.phases.map { StatusReport.json(of: $0, at: now) }),
            "shifts": .array(shifts.map { $0.json(scale: snapshot.timeScale) }),
            "log": .array(whole ? log : log.suffix(Self.logShown)),
            "readiness": readiness,
            "approvals": approvals,
            "deviations": .array(deviations.map(\.json)),
            "costs": costs,
            "evidence": evidence,
        ]
    }

    /// Evidence by step, in order; what belongs to no step stands under the empty name.
    public static func json(of evidence: [StepEvidence]) -> Value {
        .object(
            Dictionary(grouping: evidence) { $0.step?.rawValue ?? "" }
                .mapValues { .array($0.map(StepReport.json(of:))) }
        )
    }

    /// The parts that `change` touched.
    public func document(of change: Change, snapshot: RunSnapshot, at now: Timestamp) -> Value {
        var members: [String: Value] = [
            "run": run(snapshot, at: now),
            "shifts": .array(shifts.map { $0.json(scale: snapshot.timeScale) }),
            "log": .array(change.log),
            "steps": .array(change.steps.map { step(lines.steps[$0], phase: phase(of: $0)) }),
            "phases": .array(snapshot.phases.map { Self.head(of: StatusReport.json(of: $0, at: now)) }),
        ]
        if !change.steps.isEmpty {
            members["readiness"] = readiness
            members["approvals"] = approvals
        }
        if change.hasDeviations { members["deviations"] = .array(deviations.map(\.json)) }
        return .object(members)
    }

    /// The head of the run, which also says who holds it.
    public func head(of snapshot: RunSnapshot, at now: Timestamp) -> Value { ["run": run(snapshot, at: now)] }

    private func run(_ snapshot: RunSnapshot, at now: Timestamp) -> Value {
        var members = StatusReport.headJSON(of: snapshot, at: now)
        members["state"] = members["status"]
        members["words"] = [
            "status_text": Value(LocalizedText(ownWords: { StatusReport.words(for: snapshot, in: $0) })),
            "next": Value(LocalizedText(ownWords: { NextAct.words(for: snapshot, at: now, in: $0) })),
        ]
        members["chain"] = ["events": .integer(Int64(state.sequence)), "head": Value(head)]
        return .object(members)
    }

    private func phase(of place: Int) -> PhaseID? { lines.phases.first { $0.places.contains(place) }?.id }

    private func step(_ step: StepSnapshot, phase: PhaseID?) -> Value {
        var members = StatusReport.json(of: step).object ?? [:]
        members["phase"] = Value(phase?.rawValue)
        return .object(members)
    }

    /// A phase without its steps.
    private static func head(of phase: Value) -> Value {
        var members = phase.object ?? [:]
        members["steps"] = nil
        return .object(members)
    }

    /// The way back of everything that this run made, newest first.
    private var readiness: Value {
        let owned = state.plan.steps.compactMap { step -> (order: Int, json: Value)? in
            guard let record = state.record(of: step.id), let change = record.owned, let order = record.startOrder
            else {
                return nil
            }
            return (
                order,
                [
                    "step": .string(step.id.rawValue), "way": .string(Self.way(back: step.rollback, of: change)),
                    "state": .string(Self.state(of: step.rollback)),
                    "reason": Value(Self.reason(step.rollback)),
                ]
            )
        }
        return .array(owned.sorted { $0.order > $1.order }.map(\.json))
    }

    private static func way(back: RollbackPlan, of owned: OwnedChange) -> String {
        switch back {
        case .captured: "back to what was there before: \(owned.change.summary)"
        case .action(let call): "by \(call.kind): \(owned.change.summary)"
        case .keep, .none, .notNeeded: owned.change.summary
        }
    }

    /// How far a way back is known from the journal alone: whether it is open now, only the world can tell.
    private static func state(of back: RollbackPlan) -> String {
        switch back {
        case .captured, .action: "recorded"
        case .none: "impossible"
        case .keep, .notNeeded: back.word
        }
    }

    private static func reason(_ back: RollbackPlan) -> String? {
        if case .none(let reason) = back { reason } else { nil }
    }

    private var approvals: Value {
        .array(
            state.plan.steps.compactMap { step in
                guard case .confirm(let name) = step.work, let record = state.record(of: step.id) else { return nil }
                let policy = state.plan.approvals.first { $0.name == name }
                var expires = Value.null
                if case .waitingApproval(_, let until) = record.state { expires = Value(until) }
                return [
                    "name": .string(name), "step": .string(step.id.rawValue),
                    "needed": .integer(Int64(policy?.minimum ?? 1)),
                    "given": .array(
                        record.approvals.map {
                            ["by": .string($0.by), "at": Value($0.at), "comment": Value($0.comment)]
                        }
                    ),
                    "digest": Value(record.subject?.digest), "expires_at": expires,
                ]
            }
        )
    }
}
