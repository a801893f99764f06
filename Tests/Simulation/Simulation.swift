import MigrateCore
import Runner
import TestSupport

/// One night, as a seed has it: a plan, a world, processes that run it, and an operator; all rules watched throughout.
package final class Simulation: @unchecked Sendable {
    // Why unchecked: touched by the scheduler's one thread alone.

    let seed: UInt64
    let scheduler: Scheduler
    let auditor: Auditor
    let cloud: SimulatedCloud
    /// Dice of the operator.
    let dice: Dice
    /// What waits are divided by.
    let scale: Int
    /// Processes that have not come to their end.
    private(set) var processes: [SimulatedProcess] = []
    /// Chances in a thousand that an append meets an ill.
    var ills = 0

    private let base: InMemoryJournal
    private let journalDice: Dice
    private let granularity: Duration
    private let showsItsDead: Bool
    private var processCount = 0
    private var judgedSequence = 0
    private var gone: Set<Int32> = []

    /// Jobs after which a night that is not over never will be.
    private static let jobLimit = 150_000

    /// What came of a night.
    struct Result {
        /// Seed.
        var seed: UInt64
        /// Rule that was broken; nil when none was.
        var violation: String?
        /// What happened, when it was to be told.
        var story: [String]
        /// Events in the journal.
        var events: Int
        /// Leases taken.
        var leases: Int
        /// Calls that the service carried out.
        var calls: Int
    }

    /// Makes the night of `seed`; with `tells` it keeps the story.
    init(seed: UInt64, tells: Bool = false) throws {
        self.seed = seed
        dice = Dice(seed: seed, stream: 1)
        journalDice = Dice(seed: seed, stream: 5)
        scheduler = Scheduler(dice: Dice(seed: seed, stream: 2))
        var maker = PlanMaker(dice: Dice(seed: seed, stream: 3))
        let plan = maker.plan()
        scale = dice.pick([1, 1, 10, 60])
        granularity = dice.pick([.milliseconds(250), .seconds(2), .seconds(10)]) / scale
        showsItsDead = dice.chance(70)
        base = InMemoryJournal()
        let header = RunHeader(
            number: 0,
            plan: plan,
            digest: "digest",
            source: "",
            initiator: "ann",
            startedAt: scheduler.now,
            toolVersion: "0"
        )
        let lease = try base.acquireLease(Self.claim(0, "plan", at: scheduler.now) { _ in true }, takesOver: false)
        auditor = Auditor(header: try base.begin(header, under: lease), scheduler: scheduler, tells: tells)
        try base.release(lease)
        auditor.epoch = lease.epoch
        let worldDice = Dice(seed: seed, stream: 4)
        cloud = SimulatedCloud(
            things: maker.things,
            scale: scale,
            scheduler: scheduler,
            dice: worldDice,
            auditor: auditor
        )
        auditor.image = { [unowned cloud] in cloud.image($0) }
        auditor.isEdited = { [unowned cloud] in cloud.edits[$0] != nil }
        auditor.cannotForetell = { [unowned cloud] in cloud.unpredictable.insert($0) }
        scheduler.whenIdle = { [unowned self] in judgeWaiting() }
        tell(plan)
    }

    /// Lives through the night.
    func run() -> Result {
        rage()
        if goesOn { calmDown() }
        bury()
        return Result(
            seed: seed,
            violation: auditor.violation,
            story: auditor.lines,
            events: auditor.shadow.sequence,
            leases: auditor.epoch,
            calls: auditor.intents.reduce(0) { $0 + $1.executions }
        )
    }

    /// Whole journal, byte for byte.
    func journalText() throws -> String {
        try base.events(of: 1).map { entry in
            let bytes = try ValueEncoder.bytes(of: entry.event)
            return "\(entry.sequence) \(entry.at.milliseconds) \(String(decoding: bytes, as: UTF8.self))"
        }.joined(separator: "\n")
    }

    /// Whether no rule has been broken yet.
    var goesOn: Bool { auditor.violation == nil }

    /// Process at work, when there is one: the newest that holds a lease or is about to.
    var holder: SimulatedProcess? { processes.last { !$0.isDead } }

    /// Runs the scheduler until `isEnough`, all processes are gone, or a rule is broken.
    func proceed(until isEnough: () -> Bool) {
        while goesOn, !processes.isEmpty, !isEnough() {
            guard scheduler.step() else { break }
            sweep()
            auditor.demand(scheduler.jobsRun < Self.jobLimit, "the night has no end")
        }
    }

    /// Lets the world go on for `length`, whether or not anybody is at work.
    func wait(_ length: Duration) {
        var isOver = false
        scheduler.after(length) { isOver = true }
        while goesOn, !isOver, scheduler.step() { sweep() }
    }

    private func sweep() {
        guard processes.contains(where: \.isOver) else { return }
        for process in processes where process.isOver {
            gone.insert(Int32(process.number))
            auditor.story("#\(process.number) is gone: \(process.lastWords)")
        }
        processes.removeAll(where: \.isOver)
    }

    /// A session at work waits for an effect, a person or a time, and never for nothing; what a call came to is on record.
    private func judgeWaiting() {
        auditor.judgeOutcomes()
        // Why once for each state: the rest of the waiting is the same.
        guard auditor.shadow.sequence != judgedSequence else { return }
        judgedSequence = auditor.shadow.sequence
        guard let holder, !holder.isStalled, let session = auditor.shadow.session, session.epoch == holder.epoch,
            RunMachine(state: auditor.shadow).effects.isEmpty
        else { return }
        let waits = auditor.shadow.records.contains { record in
            switch record.state {
            case .waitingPerson, .waitingApproval: true
            default: false
            }
        }
        auditor.demand(waits, "the session waits for nothing")
    }

    private func bury() {
        for process in processes { process.kill() }
        var left = 20_000
        while !processes.isEmpty, left > 0, scheduler.step() {
            sweep()
            left -= 1
        }
    }

    private func tell(_ plan: Plan) {
        auditor.story("seed \(seed), scale \(scale)")
        for step in plan.steps {
            let work = "\(step.work)".split(separator: "MigrateCore.").joined()
            let needs = step.needs.map(\.rawValue).joined(separator: " ")
            auditor.story("plan: \(step.phase) \(step.id) needs [\(needs)] \(step.rollback) \(work.prefix(200))")
        }
    }
}

extension Simulation {
    /// Starts a process on `errand`.
    func start(_ errand: Errand) {
        processCount += 1
        let process = SimulatedProcess(number: processCount, scheduler: scheduler, granularity: granularity)
        processes.append(process)
        auditor.story("#\(process.number) starts: \(errand.name)")
        process.task = Task(executorPreference: process) { await self.live(process, errand) }
    }

    /// Leaves a request, as a second terminal does.
    func ask(_ act: RunRequest.Act, by: String) {
        do {
            let request = try base.insert(act, by: by, at: scheduler.now)
            auditor.story("\(by) asks (\(request.id)): \(act)")
        } catch { auditor.violated("a request could not be left: \(error)") }
    }

    /// Id of the last request left.
    var lastRequest: Int {
        do { return try base.requests(after: 0).last?.id ?? 0 } catch { return 0 }
    }

    private func live(_ process: SimulatedProcess, _ errand: Errand) async {
        let journal = WatchedJournal(base: base, process: process, auditor: auditor, dice: journalDice, ills: ills)
        do {
            let claim = Self.claim(process.number, errand.name, at: process.now()) { [self] in isCertainlyGone($0) }
            let lease = try journal.acquireLease(claim, takesOver: errand.takesOver)
            do {
                try await work(process, errand, journal, lease)
                try journal.release(lease)
            } catch {
                // Why first the lease: what the tool does when it goes down, if it still can.
                do { try journal.release(lease) } catch {}
                throw error
            }
        } catch { judge(error, of: process) }
        process.isOver = true
    }

    private func work(_ process: SimulatedProcess, _ errand: Errand, _ journal: WatchedJournal, _ lease: Lease)
        async throws
    {
        guard let header = try journal.latestRun() else { throw NoSuchRun(number: 1) }
        let state = RunState.replay(header, entries: try journal.events(of: header.number))
        auditor.told(state, by: process)
        let session = Session(
            epoch: lease.epoch,
            holder: "op@here",
            operatorName: "ann",
            goal: try errand.goal(state),
            parallel: errand.parallel,
            isStepByStep: errand.isStepByStep,
            timeScale: scale
        )
        for act in errand.acts { _ = try journal.insert(act, by: "ann", at: process.now()) }
        let loop = RunLoop(
            journal: journal,
            executor: CloudClient(cloud: cloud, process: process),
            clock: process,
            digest: { String(Self.hash($0.text), radix: 16) },
            progress: { [auditor] progress in
                if case .state(let state) = progress { auditor.told(state, by: process) }
            }
        )
        let ended = try await loop.run(state, session: session, lease: lease, stop: process.stop)
        if process.isDead { throw ProcessDied() }
        auditor.demand(ended.session == nil, "the loop came back, and its session is open")
        process.lastWords = "\(ended.lastEnd.map { "\($0)" } ?? "no end")"
    }

    /// Hash that is the same in every process, as approvals outlive theirs.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private func judge(_ error: any Error, of process: SimulatedProcess) {
        process.lastWords = "\(error)"
        switch error {
        case is RunRefusal, is LeaseLost, is LeaseHeld, is StopOverdue: break
        case is ProcessDied, is DiskFull, is CancellationError: break
        default: auditor.violated("process \(process.number) failed: \(error)")
        }
    }

    private func isCertainlyGone(_ holder: LeaseRecord) -> Bool {
        guard showsItsDead else { return false }
        return gone.contains(holder.process) || processes.contains { $0.number == Int(holder.process) && $0.isDead }
    }

    private static func claim(
        _ process: Int,
        _ operation: String,
        at now: Timestamp,
        isDead: @escaping @Sendable (LeaseRecord) -> Bool
    ) -> LeaseClaim {
        LeaseClaim(
            user: "op",
            host: "here",
            process: Int32(process),
            processStart: "\(process)",
            operation: operation,
            at: now,
            isDead: isDead
        )
    }
}
