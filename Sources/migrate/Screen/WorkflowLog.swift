import MigrateCore
import Reports
import Synchronization

/// What GitHub Actions understands of a log: groups, annotations, a summary and outputs.
///
/// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands, read 2026-11-21
final class WorkflowLog: Sendable {
    private let summaryFile: String?
    private let outputFile: String?
    private let files: LocalFiles
    private let group = Mutex<PhaseID?>(nil)

    /// Makes it where a workflow runs; nil anywhere else.
    init?(environment: [String: String], files: LocalFiles) {
        guard environment["GITHUB_ACTIONS"] == "true" else { return nil }
        summaryFile = environment["GITHUB_STEP_SUMMARY"]
        outputFile = environment["GITHUB_OUTPUT"]
        self.files = files
    }

    /// Opens the group of the entry's phase, unless it is open.
    func enter(_ entry: JournalEntry, in plan: Plan, language: Language) {
        guard let step = entry.event.step, let phase = plan.steps.first(where: { $0.id == step })?.phase else { return }
        group.withLock { group in
            guard group != phase else { return }
            if group != nil { Talk.say("::endgroup::") }
            let title = plan.phases.first { $0.id == phase }?.title.text(in: language) ?? ""
            Talk.say("::group::\(Self.escaped("\(phase) \(title)"))")
            group = phase
        }
        if case .step(let id, .failed(let failure)) = entry.event {
            Talk.say("::error title=\(Self.property(id.rawValue))::\(Self.escaped(Self.words(failure.problem)))")
        }
        if case .change(let attempt, .inDoubt(let problem)) = entry.event {
            Talk.say("::error title=\(Self.property(attempt.step.rawValue))::\(Self.escaped(Self.words(problem)))")
        }
    }

    /// Closes the group once the session is over.
    func leave(_ entry: JournalEntry) {
        guard case .run(.sessionEnded) = entry.event else { return }
        group.withLock { group in
            if group != nil { Talk.say("::endgroup::") }
            group = nil
        }
    }

    /// Writes the summary of the job and its outputs: `status`, `run`, `next`.
    func conclude(_ snapshot: RunSnapshot, at now: Timestamp, language: Language) {
        let next = NextAct.words(for: snapshot, at: now, in: language)
        append(MarkdownReport.summary(of: snapshot, at: now, language: language), to: summaryFile, in: language)
        append("status=\(snapshot.status.rawValue)\nrun=\(snapshot.run)\nnext=\(next)\n", to: outputFile, in: language)
    }

    private func append(_ text: String, to path: String?, in language: Language) {
        guard let path, !path.isEmpty else { return }
        do { try files.append(Array(text.utf8), to: path) } catch {
            Talk.say(Phrasebook.notAppended(error, in: language))
        }
    }

    private static func words(_ problem: Problem) -> String {
        problem.message + (problem.hint.map { "\nhint: \($0)" } ?? "")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        escaped(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
