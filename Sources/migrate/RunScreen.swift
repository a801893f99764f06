import Journal
import MigrateCore
import Runner
import Synchronization

/// Tells the operator what happens, a line an event.
final class RunScreen: Sendable {
    private let plan: Plan
    private let run: Int
    private let journal: SQLiteJournal
    private let language: String
    private let printsData: Bool
    private let takesInRequests: Bool
    private let gatesHeld = Mutex<Set<PhaseID>>([])
    private let lastNotes = Mutex<[StepID: String]>([:])
    private let lastPrinted: Mutex<Int>

    /// Tells of what follows `state`; with `--json` each event goes to stdout as well, as `migrate log --json` has it.
    init(of state: RunState, goal: RunGoal, journal: SQLiteJournal, options: GlobalOptions) {
        takesInRequests = goal == .answer
        plan = state.plan
        run = state.header.number
        self.journal = journal
        language = options.lang
        printsData = options.json
        lastPrinted = Mutex(state.sequence)
    }

    func show(_ progress: RunProgress) {
        switch progress {
        case .event(let entry):
            if printsData { printData(through: entry.sequence) }
            if isQuiet(about: entry.event) { return }
            if let line = Phrasebook.line(for: entry, in: plan, language: language) { Talk.say(line) }
        case .note(let step, let text):
            // Why once: a wait tells the same thing at each poll.
            let isNew = lastNotes.withLock { notes in
                defer { notes[step] = text }
                return notes[step] != text
            }
            if isNew { Talk.say(Phrasebook.note(step, text)) }
        case .state: break
        }
    }

    /// Whether this is no news, or said by the command that takes in a request.
    private func isQuiet(about event: RunEvent) -> Bool {
        if case .run(.requirementChecked(let phase, let problem)) = event {
            // Why: it is proved again every few minutes, and only news is of interest.
            return gatesHeld.withLock { held in
                if problem == nil { return !held.insert(phase).inserted }
                held.remove(phase)
                return false
            }
        }
        guard takesInRequests, case .run = event else { return false }
        return true
    }

    /// Prints what the journal holds beyond what was printed; several events may have come in one transaction.
    private func printData(through sequence: Int) {
        lastPrinted.withLock { last in
            guard last < sequence else { return }
            do {
                try journal.dump(of: run, after: last) { line in
                    Talk.print(line)
                    last += 1
                }
            } catch { Talk.say(Phrasebook.message(for: error).rendered) }
        }
    }
}
