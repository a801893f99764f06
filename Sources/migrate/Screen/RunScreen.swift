import Glibc
import Journal
import MigrateCore
import Reports
import Runner
import Synchronization

/// Tells the operator what happens, a line an event; at a terminal, what is at work stands below it, live.
final class RunScreen: Sendable {
    private struct Scene {
        var state: RunState
        var lines: RunLines
        var notes: [StepID: String] = [:]
        var gatesHeld: Set<PhaseID> = []
        var lastPrinted: Int
    }

    private let run: Int
    private let journal: SQLiteJournal
    private let options: GlobalOptions
    private let style: Style
    private let takesInRequests: Bool
    private let foot: TerminalFoot?
    private let workflow: WorkflowLog?
    /// Directory of the scripts that bring traffic home without us.
    private let scripts: String
    private let scene: Mutex<Scene>

    /// Time between two drawings of what is at work.
    private static let pace = Duration.milliseconds(250)

    /// Tells of what follows `state`; with `--json` each event goes to stdout as well, as `migrate log --json` has it.
    init(of state: RunState, goal: RunGoal, journal: SQLiteJournal, composition: Composition) {
        takesInRequests = goal == .answer
        run = state.header.number
        self.journal = journal
        options = composition.options
        style = composition.style(of: STDERR_FILENO)
        scripts = composition.breakGlassDirectory(of: state.plan)
        foot =
            options.json || takesInRequests
            ? nil : TerminalFoot(file: STDERR_FILENO, environment: composition.environment)
        workflow = takesInRequests ? nil : WorkflowLog(environment: composition.environment, files: composition.files)
        scene = Mutex(Scene(state: state, lines: RunLines(of: state), lastPrinted: state.sequence))
    }

    /// Draws what is at work until cancelled.
    func live(clock: SystemClock) async {
        guard let foot else { return }
        Talk.stand(on: foot)
        defer { Talk.stand(on: nil) }
        while !Task.isCancelled {
            foot.draw(rows(at: clock.now(), in: foot.size))
            // Why ended: a sleep fails when it is cancelled, and for nothing else.
            do { try await clock.sleep(for: Self.pace) } catch { return }
        }
    }

    private func rows(at now: Timestamp, in size: (lines: Int, columns: Int)) -> [Row] {
        scene.withLock { scene in
            scene.lines.take(scene.state.takeStanding())
            var style = style
            style.width = size.columns
            return LiveReport.rows(
                of: scene.lines.snapshot,
                notes: scene.notes,
                at: now,
                style: style,
                height: size.lines
            )
        }
    }

    /// Takes in one thing that the run tells.
    func show(_ progress: RunProgress) {
        switch progress {
        case .event(let entry): show(entry)
        case .note(let step, let text):
            // Why once: a wait tells the same thing at each poll.
            let isNew = scene.withLock { $0.notes.updateValue(text, forKey: step) != text }
            if isNew, foot == nil { Talk.say(Phrasebook.note(step, text)) }
        case .state: break
        }
    }

    private func show(_ entry: JournalEntry) {
        let (plan, line, isHeldOpen) = scene.withLock { scene in
            let plan = scene.state.plan
            let before = scene.state.halting
            scene.state.apply(entry)
            if case .run(.revised) = entry.event { scene.lines = RunLines(of: scene.state) }
            return (
                plan, EventLine(entry, in: plan, language: style.language), before == nil && scene.state.isHeldOpen
            )
        }
        if options.json { printData(through: entry.sequence) }
        if isQuiet(about: entry.event) { return }
        workflow?.enter(entry, in: plan, language: style.language)
        if let line { Talk.say(line.rendered(style)) }
        // Why said: the process stays, and nothing would tell whoever looks on that it waits for them.
        if isHeldOpen { Talk.say(Phrasebook.heldOpen(scripts: scripts, in: style.language)) }
        workflow?.leave(entry)
    }

    /// How it ended, for whoever asked a machine to run it.
    func conclude(_ snapshot: RunSnapshot, at now: Timestamp) {
        workflow?.conclude(snapshot, at: now, language: style.language)
    }

    /// Whether this is no news, or said by the command that takes in a request.
    private func isQuiet(about event: RunEvent) -> Bool {
        if case .run(.requirementChecked(let phase, let problem)) = event {
            // Why: it is proved again every few minutes, and only news is of interest.
            return scene.withLock { scene in
                if problem == nil { return !scene.gatesHeld.insert(phase).inserted }
                scene.gatesHeld.remove(phase)
                return false
            }
        }
        guard takesInRequests, case .run = event else { return false }
        return true
    }

    /// Prints what the journal holds beyond what was printed; several events may have come in one transaction.
    private func printData(through sequence: Int) {
        scene.withLock { scene in
            guard scene.lastPrinted < sequence else { return }
            do {
                try journal.dump(of: run, after: scene.lastPrinted) { line in
                    Talk.print(line)
                    scene.lastPrinted += 1
                }
            } catch { Talk.say(Phrasebook.message(for: error, in: style.language).rendered(in: style.language)) }
        }
    }
}
