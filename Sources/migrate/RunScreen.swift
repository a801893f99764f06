import MigrateCore
import Reports
import Runner
import Synchronization

/// Tells the operator what happens, a line an event.
final class RunScreen: Sendable {
    private let plan: Plan
    private let language: String
    private let lastNotes = Mutex<[StepID: String]>([:])

    init(plan: Plan, options: GlobalOptions) {
        self.plan = plan
        language = options.lang
    }

    func show(_ progress: RunProgress) {
        switch progress {
        case .event(let entry):
            if let line = Phrasebook.line(for: entry, in: plan, language: language) { Talk.say(VisibleText.lines(line)) }
        case .note(let step, let text):
            // Why once: a wait tells the same thing at each poll.
            let isNew = lastNotes.withLock { notes in
                defer { notes[step] = text }
                return notes[step] != text
            }
            if isNew { Talk.say(VisibleText.lines(Phrasebook.note(step, text))) }
        case .state: break
        }
    }
}
