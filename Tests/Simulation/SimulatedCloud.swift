import MigrateCore

/// The world outside: things by name, their history, and somebody else who edits them.
///
/// It answers nobody by itself; `CloudClient` is how a process reaches it.
final class SimulatedCloud: @unchecked Sendable {
    // Why unchecked: touched by the scheduler's one thread alone.

    /// Somebody else's edit that still stands.
    struct Edit {
        /// Image that it replaced.
        var before: Value
        /// Moment at which it was made.
        var at: Int
    }

    /// Images; a thing without one does not exist.
    private(set) var things: [String: Value]
    /// Images that a run which undid everything must leave.
    private(set) var baseline: [String: Value]
    /// Edits of others that still stand.
    private(set) var edits: [String: Edit] = [:]
    /// Things whose end nobody can foretell, since two wrote at the same moment or a person left them as they are.
    var unpredictable: Set<String> = []
    /// How the world behaves now.
    var manners = Manners.good
    /// Longest time that a request is on its way.
    let requestLifetime: Duration

    /// Programs that make changes.
    let programs: SimulatedPrograms
    let scheduler: Scheduler
    let dice: Dice
    let auditor: Auditor
    private var tokens: Set<String> = []
    private var editCount = 0

    /// Makes a world that holds `things`.
    init(things: [String: Value], scale: Int, scheduler: Scheduler, dice: Dice, auditor: Auditor) {
        self.things = things
        baseline = things
        requestLifetime = .seconds(30) / scale
        self.scheduler = scheduler
        programs = SimulatedPrograms(scheduler: scheduler)
        self.dice = dice
        self.auditor = auditor
    }

    /// Image of the thing `name`.
    func image(_ name: String) -> Value { things[name] ?? .null }

    /// Edits a thing as somebody else; `isOwned` tells whether the run has work of its own in it.
    func edit(_ name: String, isOwned: Bool) {
        editCount += 1
        auditor.moment += 1
        let image: Value = ["edited": .integer(Int64(editCount))]
        auditor.story("somebody else edits \(name): \(image.text), was \(self.image(name).text)")
        if isOwned {
            edits[name] = Edit(before: edits[name]?.before ?? self.image(name), at: auditor.moment)
        } else {
            edits[name] = nil
            baseline[name] = image
        }
        things[name] = image
    }

    /// Puts back what somebody else edited, where it can be told what was there.
    func putBackEdits() {
        for name in edits.keys.sorted() { putBack(name) }
    }

    /// Puts back one thing.
    func putBack(_ name: String) {
        guard let edit = edits.removeValue(forKey: name) else { return }
        auditor.story("\(name) is put back to \(edit.before.text)")
        things[name] = edit.before
    }

    /// A person sets a thing right by hand; `isOwned` tells whether the run has work of its own in it all the same.
    func mend(_ name: String, to image: Value, isOwned: Bool) {
        auditor.story("a person sets \(name) to \(image.text)")
        edits[name] = nil
        things[name] = image
        if !isOwned { baseline[name] = image }
    }

    /// What came of a request at the service.
    enum Verdict {
        /// It was made.
        case made
        /// The service compared and refused.
        case refused(String)
    }

    /// Carries out a request that has arrived.
    func execute(_ intent: Intent, isHalf: Bool) -> Verdict {
        let change = intent.change
        let name = change.parameters["name"].interpolated
        let found = image(name)
        if change.effect == .token, !tokens.insert(change.token).inserted { return .made }
        if Self.comparesBeforeWriting(change), found != change.from {
            return .refused("`\(name)` is \(found.text), not \(change.from.text)")
        }
        if change.kind != "notice" { judge(intent, over: found, name) }
        auditor.executed(intent)
        if change.kind == "notice" { return .made }
        // Why: an edit that the step found before its first try is what undoing it must bring back.
        if edits[name] != nil, found == auditor.shadow.record(of: intent.attempt.step)?.owned?.before {
            baseline[name] = found
        }
        edits[name] = nil
        things[name] = isHalf ? ["half": change.to] : change.to
        return .made
    }

    /// Whether the service refuses to write over what it does not expect, as Route 53 does.
    static func comparesBeforeWriting(_ change: Change) -> Bool {
        change.kind == "record" || change.parameters["compares"] == true
    }

    /// Holds a write against what was there.
    private func judge(_ intent: Intent, over found: Value, _ name: String) {
        let change = intent.change
        if let edit = edits[name] {
            if edit.at > intent.preparedAt {
                // Nobody can see an edit that comes after the last look; a service that does not compare loses it.
                unpredictable.insert(name)
            } else if intent.attempt.direction != .forward {
                auditor.violated("\(intent.attempt) wrote over an edit of \(name) that it could see")
            }
            return
        }
        guard found != change.from else { return }
        if found == change.to, change.effect.mayBeRepeated { return }
        if baseline[name] == found, found["edited"] != .null {
            unpredictable.insert(name)
        } else {
            auditor.violated(
                "\(intent.attempt) found \(name) as \(found.text), and its intent says \(change.from.text)"
            )
        }
    }
}
